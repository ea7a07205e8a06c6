// Elements are made here and nowhere else: strings become text, never markup.

const SVG = "http://www.w3.org/2000/svg";

// element("p", {class: "note", on: {click: f}}, "text", child, [more], null)
function element(name, attributes, ...children) {
  return filled(document.createElement(name), attributes, children);
}

function drawn(name, attributes, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    } else {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  // One by one: a call takes no hundred thousand arguments.
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) made.append(child);
  }
  return made;
}

function replace(parent, ...children) {
  parent.replaceChildren(...children.flat(Infinity).filter((child) => child));
}

// Only addresses of the web become links; anything else stays text.
function outward(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return document.createTextNode(text);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return document.createTextNode(text);
  return element("a", { href: url.href, rel: "noopener noreferrer", target: "_blank" }, text);
}

function button(text, listener, attributes) {
  return element("button", { type: "button", on: { click: listener }, ...attributes }, text);
}

// Text for screen readers alone.
function unseen(text) {
  return element("span", { class: "unseen" }, text);
}

function isCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function bring(node, block) {
  node.scrollIntoView({ block: block || "nearest", inline: "nearest", behavior: isCalm() ? "auto" : "smooth" });
}

// Long lists are shown a part at a time, so that the page stays quick.
function listed(parent, items, make, most, noun) {
  let shown = 0;
  const more = button("", () => add(true), { class: "more" });
  function add(focused) {
    const part = items.slice(shown, shown + most).map(make);
    shown += part.length;
    parent.append(...part);
    more.remove();
    if (shown < items.length) {
      more.textContent = `Show ${Math.min(most, items.length - shown)} more of ${number(items.length)} ${noun}`;
      const last = parent.tagName === "TBODY" ? parent.closest("table") : parent;
      last.after(more);
    }
    if (focused && part.length) (part[0].querySelector("button, a") || part[0]).focus();
  }
  add(false);
}
