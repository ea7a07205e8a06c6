"""Strings that break out of pages that embed them raw, and the check that finds what broke out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from browser import Look

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</SCRIPT><sCrIpT>alert(1)</sCrIpT>",
    "</script ><script>alert(1)//",
    "<!--<script>",
    "<!--<script></script><script>alert(1)</script>-->",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=x OnErRoR=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    "`><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' onmouseover='alert(1)' x='",
    '" autofocus onfocus=alert(1) x="',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<svg><animate onbegin=alert(1) attributeName=x dur="1s">',
    "<svg><set attributeName=onmouseover to=alert(1)>",
    '<math href="javascript:alert(1)">x</math>',
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java&#115;cript:alert(1)'>x</a>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<link rel=stylesheet href=data:text/css,*{x:expression(alert(1))}>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<style>*{background:url(https://example.org/x)}</style>",
    "<base href=https://example.org/>",
    '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<title></title><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " \tjavascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//example.org/<script src=x></script>",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    '\\"}];alert(1);//',
    "\u2028alert(1)\u2029//</script>",
    "%(script)%(data)${alert(1)}{{alert(1)}}\u202e<script>\U0001f4a5",
)
"""Sixty of them; every one that runs calls `alert`."""

OURS = (
    "html head meta title style body noscript div script a header h1 h2 h3 h4 p nav ul ol li button main section article"
    " span details summary input label fieldset legend footer dialog dl dt dd kbd code q blockquote strong"
    " table caption thead tbody tr th td select option svg g path circle rect line text"
).split()
"""The elements that a report is made of; in SVG, titles too. Whatever else stands in it came from an article."""

_FIND = """([ours, keys]) => {
  const found = new Set();
  const press = key => document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  const look = () => {
    for (const node of document.querySelectorAll("*")) {
      const name = node.localName;
      if (!ours.includes(name)) found.add(`element ${name}`);
      for (const {name: key, value} of node.attributes) {
        if (/^on/i.test(key)) found.add(`attribute ${key}`);
        if (key === "style" || key === "srcdoc") found.add(`attribute ${key}`);
        if (/^(href|src|action|formaction|xlink:href|data)$/i.test(key) && !/^(https?:|#)/i.test(value)) found.add(`${key} ${value}`);
      }
    }
    const scripts = document.querySelectorAll("script").length;
    if (scripts > 2) found.add(`${scripts} scripts`);
  };
  look();
  for (const key of keys) {
    press(key);
    for (const details of document.querySelectorAll("details")) details.open = true;
    look();
  }
  return [...found];
}"""


def broken_out(look: Look, keys: Sequence[str] = ()) -> list[str]:
    """What stands in a page, ran in it or was asked for by it that is not the page's own; nothing if all is well.

    The page is looked through as it is, and again after each of the keys.
    """
    found: list[Any] = look.page.evaluate(_FIND, [OURS, list(keys)])
    return [*map(str, found), *look.dialogs, *look.requests, *look.complaints]
