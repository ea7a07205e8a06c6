-- Tables and views of both databases. Words in braces are types and clauses that differ between the two;
-- `database_migrations` has what each stands for. Comments behind columns are the text of the reference page.

-- Which version of this schema the database has.
CREATE TABLE schema_version (
    version {integer} NOT NULL PRIMARY KEY, -- number of the migration
    tool_version {text} NOT NULL, -- version of casualty-extract that applied it
    applied_at {moment} NOT NULL -- when
){strict};

-- Runs of `casualty-extract batch`, and of `load`.
CREATE TABLE run (
    run_id {text} NOT NULL PRIMARY KEY, -- made from version, configuration and inputs: a run that is taken up again is the same
    tool_version {text} NOT NULL, -- version of casualty-extract
    schema_version {text} NOT NULL, -- version of the records
    config_sha256 {text} NOT NULL, -- the same for the same results
    config {json} NOT NULL, -- what bears on the extractions
    inputs {json} NOT NULL, -- files, folders and patterns, as they were named
    is_finished {boolean} NOT NULL, -- whether it came to the end of its input
    started_at {moment} NOT NULL, -- when it began first
    finished_at {moment} -- when it came to its end last
){strict};

-- Articles that were read. One whose text changed is another document.
CREATE TABLE document (
    {document_number}document_key {text} NOT NULL PRIMARY KEY, -- made from id and sha256
    id {text} NOT NULL, -- the caller's name for it
    sort_key {text} NOT NULL, -- the beginning of the id, to sort by
    sha256 {text} NOT NULL, -- of the text in UTF-8
    length {integer} NOT NULL CHECK (length >= 0), -- of the text in code points
    title {text}, -- the headline
    publisher {text}, -- who published it
    url {text}, -- where it stands
    published {date}, -- day of publication
    published_from {text}, -- how that day is known
    language {text} NOT NULL, -- BCP 47 tag
    flags {text} NOT NULL, -- what a reader should know, joined by `;`
    text {text}, -- the text, where it is kept
    carries_text {boolean} NOT NULL, -- whether its record had the text with it
    record {json} NOT NULL, -- the extraction as it was made, without the text
    record_sha256 {text} NOT NULL, -- of that
    run_id {text} NOT NULL REFERENCES run (run_id) -- the run that stored it last
){strict};
CREATE INDEX document_sorted ON document (sort_key, document_key);
CREATE INDEX document_published ON document (published);
CREATE INDEX document_run ON document (run_id);

-- What became of each document of a run: the mark that it is done.
CREATE TABLE outcome (
    run_id {text} NOT NULL REFERENCES run (run_id), -- the run
    source {text} NOT NULL, -- the document's address in the archive
    status {text} NOT NULL CHECK (status IN ('ok', 'failed')), -- `ok` or `failed`
    document_key {text} REFERENCES document (document_key), -- the document, where it is ok
    claims {integer} NOT NULL, -- how many claims were found
    kind {text}, -- why it failed: `input`, `article`, `timeout`, `memory`, `killed`
    problem {text}, -- what was wrong
    file {text}, -- the file
    file_row {integer}, -- the row or record of it
    document_id {text}, -- the article's id, where it could be read
    stage {text}, -- the stage that failed
    attempts {integer}, -- how often it was tried, of those that failed
    encoding {text}, -- of the file, where it is no plain UTF-8
    PRIMARY KEY (run_id, source),
    CHECK ((status = 'ok') = (document_key IS NOT NULL)),
    CHECK ((status = 'failed') = (kind IS NOT NULL))
){clustered};
CREATE INDEX outcome_document ON outcome (document_key);
CREATE INDEX outcome_failed ON outcome (run_id, source) WHERE status = 'failed';

-- Incidents of single articles.
CREATE TABLE incident (
    incident_key {text} NOT NULL PRIMARY KEY, -- made from document_key and id
    document_key {text} NOT NULL REFERENCES document (document_key) ON DELETE CASCADE, -- the article
    id {text} NOT NULL, -- its id within the article
    rank {integer} NOT NULL, -- its place among the article's incidents, from 0
    earliest {date}, -- first day
    latest {date}, -- last day
    places {text} NOT NULL, -- names of places, joined by `;`
    cause {text}, -- the cause's label
    perpetrator {text} -- who did it
){strict};
CREATE INDEX incident_document ON incident (document_key);

-- What the claims of an article's incident add up to.
CREATE TABLE toll (
    incident_key {text} NOT NULL REFERENCES incident (incident_key) ON DELETE CASCADE, -- the incident
    rank {integer} NOT NULL, -- its place among the incident's tolls, from 0
    harm {text} NOT NULL, -- the harm
    category {text} NOT NULL, -- of victims
    low {integer}, -- least number that can be meant
    best {integer}, -- number that is told last
    high {integer}, -- greatest number; null where it is open
    rule {text}, -- by which rule
    PRIMARY KEY (incident_key, rank)
){clustered};

-- Claims, one row each. Fields and their values are told in claims.md.
CREATE TABLE claim (
    {claim_number}claim_key {text} NOT NULL PRIMARY KEY, -- made from document_key and id: a claim found again keeps it
    document_key {text} NOT NULL REFERENCES document (document_key) ON DELETE CASCADE, -- the article
    id {text} NOT NULL, -- the claim's id
    rank {integer} NOT NULL, -- its place among the article's claims, from 0
    is_current {boolean} NOT NULL, -- false where a later extraction found it no more, and a review keeps it
    review_digest {text}, -- of its values, where it was reviewed
    figure {text} NOT NULL, -- words of the figure
    figure_start {integer} NOT NULL, -- offset of the figure, in code points
    figure_end {integer} NOT NULL, -- offset after it
    form {text} NOT NULL, -- how it is written
    qualifier {text} NOT NULL, -- how the text bounds it
    low {integer}, -- least number
    high {integer}, -- greatest number; null where it is open
    best {integer}, -- the number that stands in the text
    unit {text} NOT NULL, -- what is counted
    harm {text}, -- the harm's label
    harm_text {text}, -- its word
    harm_start {integer}, -- offset of the word
    harm_end {integer}, -- offset after it
    victims {text}, -- words for the victims
    victims_start {integer}, -- offset of the words
    victims_end {integer}, -- offset after them
    category {text}, -- of victims
    groups {text}, -- groups of victims, joined by `;`
    scope {text} NOT NULL, -- event, addition or running total
    intent {text}, -- whether the harm was meant
    cause {text}, -- the cause's label
    cause_text {text}, -- its word
    cause_start {integer}, -- offset of the word
    cause_end {integer}, -- offset after it
    perpetrator {text}, -- words for who did it
    perpetrator_start {integer}, -- offset of the words
    perpetrator_end {integer}, -- offset after them
    time_text {text}, -- words of the time
    time_start {integer}, -- offset of the words
    time_end {integer}, -- offset after them
    earliest {date}, -- first day
    latest {date}, -- last day
    grain {text}, -- how fine the time is
    time_basis {text}, -- where it was told
    time_ambiguous {boolean}, -- whether its figures can be read two ways
    places {text} NOT NULL, -- names of the places, joined by `;`
    countries {text} NOT NULL, -- codes of their countries, joined by `;`
    lat {real}, -- of the most specific place that has it
    lon {real}, -- the same
    status {text} NOT NULL, -- how far the text stands behind the figure
    evidence {text} NOT NULL, -- the sentence
    evidence_start {integer} NOT NULL, -- offset of the sentence
    evidence_end {integer} NOT NULL, -- offset after it
    part_of {text}, -- claim_key of the claim that contains this one
    incident_key {text}, -- the article's incident
    superseded_by {text}, -- claim_key of the claim that took its place
    confidence {real}, -- probability that nothing has to be corrected
    CHECK (figure_start < figure_end),
    CHECK (low <= high)
){strict};
CREATE INDEX claim_document ON claim (document_key, rank);
CREATE INDEX claim_incident ON claim (incident_key);
CREATE INDEX claim_harm ON claim (harm, earliest);
CREATE INDEX claim_earliest ON claim (earliest);

-- Places, each with the values that the gazetteer gave.
CREATE TABLE place (
    place_key {text} NOT NULL PRIMARY KEY, -- made from all its values
    name {text} NOT NULL, -- the gazetteer's name
    kind {text} NOT NULL, -- country, region, city or site
    country {text}, -- ISO 3166-1 alpha-2
    geonameid {integer}, -- GeoNames identifier
    lat {real}, -- latitude
    lon {real} -- longitude
){strict};

-- Places of the claims.
CREATE TABLE claim_place (
    claim_key {text} NOT NULL REFERENCES claim (claim_key) ON DELETE CASCADE, -- the claim
    rank {integer} NOT NULL, -- 0 for the most specific
    place_key {text} NOT NULL REFERENCES place (place_key), -- the place
    span_text {text} NOT NULL, -- its words
    span_start {integer} NOT NULL, -- offset of the words
    span_end {integer} NOT NULL, -- offset after them
    basis {text} NOT NULL, -- where it was told
    PRIMARY KEY (claim_key, rank)
){clustered};
CREATE INDEX claim_place_place ON claim_place (place_key);

-- Sources, by name and kind.
CREATE TABLE source (
    source_key {text} NOT NULL PRIMARY KEY, -- made from name and kind
    name {text} NOT NULL, -- whom the words refer to
    kind {text} -- what kind of source; null for sources of sources
){strict};

-- Sources of the claims: who states the figure, and whom they have it from.
CREATE TABLE claim_source (
    claim_key {text} NOT NULL REFERENCES claim (claim_key) ON DELETE CASCADE, -- the claim
    depth {integer} NOT NULL, -- 0 for who states it, 1 for whom they have it from
    source_key {text} NOT NULL REFERENCES source (source_key), -- the source
    span_text {text} NOT NULL, -- its words
    span_start {integer} NOT NULL, -- offset of the words
    span_end {integer} NOT NULL, -- offset after them
    cue {text}, -- the word that introduces it, at depth 0
    cue_start {integer}, -- offset of the word
    cue_end {integer}, -- offset after it
    form {text}, -- whether the figure stands in quotation marks
    PRIMARY KEY (claim_key, depth)
){clustered};
CREATE INDEX claim_source_source ON claim_source (source_key);

-- Decisions of reviewers. Rows are only ever added.
CREATE TABLE review (
    review_number {sequence}, -- order in which they came
    review_id {text} NOT NULL UNIQUE, -- made from all that follows: one that comes again is the same
    claim_key {text} NOT NULL REFERENCES claim (claim_key), -- the claim
    reviewer {text} NOT NULL, -- who
    decision {text} NOT NULL CHECK (decision IN ('accept', 'reject', 'fix')), -- `accept`, `reject` or `fix`
    patch {json}, -- columns of `v_claim` with their right values, for a fix
    tool {text} NOT NULL, -- with what
    reviewed_at {text} NOT NULL, -- when, as the tool told it; empty where it did not
    claim_digest {text} NOT NULL -- of the claim's values as they were reviewed
){strict};
CREATE INDEX review_claim ON review (claim_key, review_number);

-- Incidents of the whole archive, as `db link` last made them.
CREATE TABLE linked_incident (
    linked_id {text} NOT NULL PRIMARY KEY, -- made from the first claim that tells of it
    rank {integer} NOT NULL UNIQUE, -- order of publication, from 0
    is_cumulative {boolean} NOT NULL, -- whether it is a running total
    earliest {date}, -- first day
    latest {date}, -- last day
    places {text} NOT NULL, -- names of places, joined by `;`
    countries {text} NOT NULL, -- codes of countries, joined by `;`
    cause {text}, -- the cause's label
    perpetrator {text}, -- who did it
    articles {integer} NOT NULL, -- how many articles tell of it
    record {json} NOT NULL -- the record as `link` gives it
){strict};

-- Incidents of articles within those of the archive.
CREATE TABLE linked_member (
    incident_key {text} NOT NULL PRIMARY KEY REFERENCES incident (incident_key) ON DELETE CASCADE, -- the article's incident
    linked_id {text} NOT NULL REFERENCES linked_incident (linked_id) ON DELETE CASCADE, -- the archive's
    rank {integer} NOT NULL, -- order within it, from 0
    copy_of {text}, -- id of the article that this one copies
    linked_to {text}, -- id of the article that it was linked to
    score {real}, -- how strong the link is
    signs {text} NOT NULL -- what spoke for it, joined by `;`
){clustered};
CREATE INDEX linked_member_linked ON linked_member (linked_id, rank);

-- Tolls of the archive's incidents.
CREATE TABLE linked_toll (
    linked_id {text} NOT NULL REFERENCES linked_incident (linked_id) ON DELETE CASCADE, -- the incident
    harm {text} NOT NULL, -- the harm
    low {integer}, -- least of the figures that stand
    best {integer}, -- the latest
    high {integer}, -- the greatest
    PRIMARY KEY (linked_id, harm)
){clustered};

-- Histories of the archive's incidents: every claim, in order of publication.
CREATE TABLE linked_claim (
    claim_key {text} NOT NULL PRIMARY KEY REFERENCES claim (claim_key) ON DELETE CASCADE, -- the claim
    linked_id {text} NOT NULL REFERENCES linked_incident (linked_id) ON DELETE CASCADE, -- the incident
    rank {integer} NOT NULL, -- place in the history, from 0
    harm {text} NOT NULL, -- the harm; empty where there is none
    category {text} NOT NULL, -- of victims; empty where there is none
    source_name {text} NOT NULL, -- who states it; empty where the reporter speaks
    source_kind {text} NOT NULL, -- what kind of source; empty where the reporter speaks
    low {integer}, -- least number
    best {integer}, -- the number that stands in the text
    high {integer}, -- greatest number
    is_standing {boolean} NOT NULL, -- whether it is a toll of people that no later claim replaced, no part, addition, denial or copy
    is_copied {boolean} NOT NULL, -- whether the article repeats an earlier one's words
    is_disputed {boolean} NOT NULL -- whether it stands, and another source's figure of the same harm and category was another
){strict};
CREATE INDEX linked_claim_linked ON linked_claim (linked_id, rank);
CREATE INDEX linked_claim_standing ON linked_claim (linked_id, harm, category, source_name) WHERE is_standing;
CREATE INDEX linked_claim_disputed ON linked_claim (linked_id, harm, category, source_name) WHERE is_disputed;

-- Which claims of a history took the place of others, or contradict them.
CREATE TABLE linked_relation (
    claim_key {text} NOT NULL REFERENCES claim (claim_key) ON DELETE CASCADE, -- the claim
    relation {text} NOT NULL CHECK (relation IN ('supersedes', 'disagrees')), -- `supersedes` or `disagrees`
    other_key {text} NOT NULL REFERENCES claim (claim_key) ON DELETE CASCADE, -- the other
    PRIMARY KEY (claim_key, relation, other_key)
){clustered};
CREATE INDEX linked_relation_other ON linked_relation (other_key);

-- All passages: one row for each role that a stretch of text plays in a claim.
CREATE VIEW v_span AS
SELECT
    c.claim_key, -- the claim
    c.document_key, -- the article
    'figure' AS role, -- figure, harm, victims, cause, perpetrator, time, place, source, cue or evidence
    0 AS rank, -- of a place, 0 for the most specific; of a source, 0 for who states the figure
    c.figure_start AS span_start, -- offset of the passage, in code points
    c.figure_end AS span_end, -- offset after it
    c.figure AS span_text -- the passage
FROM claim c
UNION ALL SELECT claim_key, document_key, 'harm', 0, harm_start, harm_end, harm_text FROM claim WHERE harm_start IS NOT NULL
UNION ALL SELECT claim_key, document_key, 'victims', 0, victims_start, victims_end, victims FROM claim WHERE victims_start IS NOT NULL
UNION ALL SELECT claim_key, document_key, 'cause', 0, cause_start, cause_end, cause_text FROM claim WHERE cause_start IS NOT NULL
UNION ALL SELECT claim_key, document_key, 'perpetrator', 0, perpetrator_start, perpetrator_end, perpetrator FROM claim WHERE perpetrator_start IS NOT NULL
UNION ALL SELECT claim_key, document_key, 'time', 0, time_start, time_end, time_text FROM claim WHERE time_start IS NOT NULL
UNION ALL SELECT p.claim_key, c.document_key, 'place', p.rank, p.span_start, p.span_end, p.span_text FROM claim_place p JOIN claim c ON c.claim_key = p.claim_key
UNION ALL SELECT s.claim_key, c.document_key, 'source', s.depth, s.span_start, s.span_end, s.span_text FROM claim_source s JOIN claim c ON c.claim_key = s.claim_key
UNION ALL SELECT s.claim_key, c.document_key, 'cue', s.depth, s.cue_start, s.cue_end, s.cue FROM claim_source s JOIN claim c ON c.claim_key = s.claim_key WHERE s.cue_start IS NOT NULL
UNION ALL SELECT claim_key, document_key, 'evidence', 0, evidence_start, evidence_end, evidence FROM claim;

-- Claims as they were extracted, with article, place and source beside them.
CREATE VIEW v_claim AS
SELECT
    c.claim_key, -- the claim's key
    d.document_key, -- the article's key
    d.id AS document, -- the article's id
    d.title, -- its headline
    d.publisher, -- who published it
    d.url, -- where it stands
    d.published, -- day of publication
    c.id AS claim_id, -- the claim's id
    c.figure, -- words of the figure
    c.form, -- how it is written
    c.qualifier, -- how the text bounds it
    c.low, -- least number
    c.high, -- greatest number
    c.best, -- the number in the text
    c.unit, -- what is counted
    c.harm, -- the harm's label
    c.harm_text, -- its word
    c.victims, -- words for the victims
    c.category, -- of victims
    c.groups, -- groups of victims
    c.scope, -- event, addition or running total
    c.intent, -- whether it was meant
    c.cause, -- the cause's label
    c.cause_text, -- its word
    c.perpetrator, -- who did it
    c.time_text, -- words of the time
    c.earliest, -- first day
    c.latest, -- last day
    c.grain, -- how fine the time is
    c.time_basis, -- where it was told
    c.time_ambiguous, -- whether it can be read two ways
    p.name AS place, -- the most specific place
    p.kind AS place_kind, -- what kind of place
    p.country, -- its country
    p.geonameid, -- its GeoNames identifier
    c.places, -- names of all places
    c.countries, -- codes of their countries
    c.lat, -- latitude
    c.lon, -- longitude
    cs.span_text AS source, -- words of the source
    s.name AS source_name, -- whom they refer to
    s.kind AS source_kind, -- what kind of source
    cs.cue, -- the word that introduces it
    cs.form AS attribution_form, -- whether the figure is quoted
    c.status, -- how far the text stands behind it
    c.evidence, -- the sentence
    c.figure_start, -- offset of the figure
    c.figure_end, -- offset after it
    c.part_of, -- key of the claim that contains it
    c.superseded_by, -- key of the claim that took its place
    c.incident_key, -- the article's incident
    m.linked_id, -- the archive's incident
    c.confidence, -- probability that nothing has to be corrected
    c.is_current -- whether the last extraction found it
FROM claim c
JOIN document d ON d.document_key = c.document_key
LEFT JOIN claim_place cp ON cp.claim_key = c.claim_key AND cp.rank = 0
LEFT JOIN place p ON p.place_key = cp.place_key
LEFT JOIN claim_source cs ON cs.claim_key = c.claim_key AND cs.depth = 0
LEFT JOIN source s ON s.source_key = cs.source_key
LEFT JOIN linked_member m ON m.incident_key = c.incident_key;

-- The review of each claim that counts: the last.
CREATE VIEW v_review AS
SELECT
    r.claim_key, -- the claim
    r.reviewer, -- who
    r.decision, -- accept, reject or fix
    r.patch, -- the fix
    r.tool, -- with what
    r.reviewed_at, -- when
    r.claim_digest -- of the values as they were reviewed
FROM review r
WHERE r.review_number = (SELECT max(l.review_number) FROM review l WHERE l.claim_key = r.claim_key);

-- Claims as they stand: those of the last extraction, with the last review of each applied. Rejected ones are left
-- out; accepted and mended ones stay even where the last extraction found them no more.
CREATE VIEW v_claim_current AS
SELECT
    c.claim_key, -- the claim's key
    c.document_key, -- the article's key
    c.document, -- the article's id
    c.title, -- its headline
    c.publisher, -- who published it
    c.url, -- where it stands
    c.published, -- day of publication
    c.claim_id, -- the claim's id
    c.figure, -- words of the figure
    CASE WHEN r.patch -> 'form' IS NOT NULL THEN (r.patch ->> 'form') {binary} ELSE c.form END AS form, -- how it is written
    CASE WHEN r.patch -> 'qualifier' IS NOT NULL THEN (r.patch ->> 'qualifier') {binary} ELSE c.qualifier END AS qualifier, -- how the text bounds it
    CASE WHEN r.patch -> 'low' IS NOT NULL THEN CAST(r.patch ->> 'low' AS {integer}) ELSE c.low END AS low, -- least number
    CASE WHEN r.patch -> 'high' IS NOT NULL THEN CAST(r.patch ->> 'high' AS {integer}) ELSE c.high END AS high, -- greatest number
    CASE WHEN r.patch -> 'best' IS NOT NULL THEN CAST(r.patch ->> 'best' AS {integer}) ELSE c.best END AS best, -- the number in the text
    CASE WHEN r.patch -> 'unit' IS NOT NULL THEN (r.patch ->> 'unit') {binary} ELSE c.unit END AS unit, -- what is counted
    CASE WHEN r.patch -> 'harm' IS NOT NULL THEN (r.patch ->> 'harm') {binary} ELSE c.harm END AS harm, -- the harm's label
    CASE WHEN r.patch -> 'harm_text' IS NOT NULL THEN (r.patch ->> 'harm_text') {binary} ELSE c.harm_text END AS harm_text, -- its word
    CASE WHEN r.patch -> 'victims' IS NOT NULL THEN (r.patch ->> 'victims') {binary} ELSE c.victims END AS victims, -- words for the victims
    CASE WHEN r.patch -> 'category' IS NOT NULL THEN (r.patch ->> 'category') {binary} ELSE c.category END AS category, -- of victims
    CASE WHEN r.patch -> 'groups' IS NOT NULL THEN (r.patch ->> 'groups') {binary} ELSE c.groups END AS groups, -- groups of victims
    CASE WHEN r.patch -> 'scope' IS NOT NULL THEN (r.patch ->> 'scope') {binary} ELSE c.scope END AS scope, -- event, addition or running total
    CASE WHEN r.patch -> 'intent' IS NOT NULL THEN (r.patch ->> 'intent') {binary} ELSE c.intent END AS intent, -- whether it was meant
    CASE WHEN r.patch -> 'cause' IS NOT NULL THEN (r.patch ->> 'cause') {binary} ELSE c.cause END AS cause, -- the cause's label
    CASE WHEN r.patch -> 'cause_text' IS NOT NULL THEN (r.patch ->> 'cause_text') {binary} ELSE c.cause_text END AS cause_text, -- its word
    CASE WHEN r.patch -> 'perpetrator' IS NOT NULL THEN (r.patch ->> 'perpetrator') {binary} ELSE c.perpetrator END AS perpetrator, -- who did it
    CASE WHEN r.patch -> 'time_text' IS NOT NULL THEN (r.patch ->> 'time_text') {binary} ELSE c.time_text END AS time_text, -- words of the time
    CASE WHEN r.patch -> 'earliest' IS NOT NULL THEN CAST(r.patch ->> 'earliest' AS {date}) ELSE c.earliest END AS earliest, -- first day
    CASE WHEN r.patch -> 'latest' IS NOT NULL THEN CAST(r.patch ->> 'latest' AS {date}) ELSE c.latest END AS latest, -- last day
    CASE WHEN r.patch -> 'grain' IS NOT NULL THEN (r.patch ->> 'grain') {binary} ELSE c.grain END AS grain, -- how fine the time is
    CASE WHEN r.patch -> 'time_basis' IS NOT NULL THEN (r.patch ->> 'time_basis') {binary} ELSE c.time_basis END AS time_basis, -- where it was told
    CASE WHEN r.patch -> 'time_ambiguous' IS NOT NULL THEN CAST(r.patch ->> 'time_ambiguous' AS {boolean}) ELSE c.time_ambiguous END AS time_ambiguous, -- whether it can be read two ways
    CASE WHEN r.patch -> 'place' IS NOT NULL THEN (r.patch ->> 'place') {binary} ELSE c.place END AS place, -- the most specific place
    CASE WHEN r.patch -> 'place_kind' IS NOT NULL THEN (r.patch ->> 'place_kind') {binary} ELSE c.place_kind END AS place_kind, -- what kind of place
    CASE WHEN r.patch -> 'country' IS NOT NULL THEN (r.patch ->> 'country') {binary} ELSE c.country END AS country, -- its country
    CASE WHEN r.patch -> 'geonameid' IS NOT NULL THEN CAST(r.patch ->> 'geonameid' AS {integer}) ELSE c.geonameid END AS geonameid, -- its GeoNames identifier
    CASE WHEN r.patch -> 'places' IS NOT NULL THEN (r.patch ->> 'places') {binary} ELSE c.places END AS places, -- names of all places
    CASE WHEN r.patch -> 'countries' IS NOT NULL THEN (r.patch ->> 'countries') {binary} ELSE c.countries END AS countries, -- codes of their countries
    CASE WHEN r.patch -> 'lat' IS NOT NULL THEN CAST(r.patch ->> 'lat' AS {real}) ELSE c.lat END AS lat, -- latitude
    CASE WHEN r.patch -> 'lon' IS NOT NULL THEN CAST(r.patch ->> 'lon' AS {real}) ELSE c.lon END AS lon, -- longitude
    CASE WHEN r.patch -> 'source' IS NOT NULL THEN (r.patch ->> 'source') {binary} ELSE c.source END AS source, -- words of the source
    CASE WHEN r.patch -> 'source_name' IS NOT NULL THEN (r.patch ->> 'source_name') {binary} ELSE c.source_name END AS source_name, -- whom they refer to
    CASE WHEN r.patch -> 'source_kind' IS NOT NULL THEN (r.patch ->> 'source_kind') {binary} ELSE c.source_kind END AS source_kind, -- what kind of source
    CASE WHEN r.patch -> 'cue' IS NOT NULL THEN (r.patch ->> 'cue') {binary} ELSE c.cue END AS cue, -- the word that introduces it
    CASE WHEN r.patch -> 'attribution_form' IS NOT NULL THEN (r.patch ->> 'attribution_form') {binary} ELSE c.attribution_form END AS attribution_form, -- whether the figure is quoted
    CASE WHEN r.patch -> 'status' IS NOT NULL THEN (r.patch ->> 'status') {binary} ELSE c.status END AS status, -- how far the text stands behind it
    c.evidence, -- the sentence
    c.figure_start, -- offset of the figure
    c.figure_end, -- offset after it
    c.part_of, -- key of the claim that contains it
    c.superseded_by, -- key of the claim that took its place
    c.incident_key, -- the article's incident
    c.linked_id, -- the archive's incident
    c.confidence, -- probability that nothing has to be corrected
    c.is_current, -- whether the last extraction found it
    r.decision, -- of the last review; null where there is none
    r.reviewer -- who made it
FROM v_claim c
LEFT JOIN review r ON r.review_number = (SELECT max(l.review_number) FROM review l WHERE l.claim_key = c.claim_key)
WHERE (c.is_current AND r.decision IS NULL) OR r.decision IN ('accept', 'fix');

-- Incidents: those of the archive, and those of articles that `db link` has not seen.
CREATE VIEW v_incident AS
SELECT
    l.linked_id AS incident, -- id in the archive, or key of an article's incident
    true AS is_linked, -- which of the two
    l.is_cumulative, -- whether it is a running total; null where it is not linked
    l.earliest, -- first day
    l.latest, -- last day
    l.places, -- names of places
    l.countries, -- codes of countries; null where it is not linked
    l.cause, -- the cause's label
    l.perpetrator, -- who did it
    l.articles, -- how many articles tell of it
    k.low AS killed_low, -- least number of killed
    k.best AS killed_best, -- the latest
    k.high AS killed_high, -- the greatest
    i.low AS injured_low, -- least number of injured
    i.best AS injured_best, -- the latest
    i.high AS injured_high -- the greatest
FROM linked_incident l
LEFT JOIN linked_toll k ON k.linked_id = l.linked_id AND k.harm = 'killed'
LEFT JOIN linked_toll i ON i.linked_id = l.linked_id AND i.harm = 'injured'
UNION ALL
SELECT
    a.incident_key, false, NULL, a.earliest, a.latest, a.places, NULL, a.cause, a.perpetrator, 1,
    (SELECT CAST(coalesce(max(CASE WHEN t.category = 'unspecified' THEN t.low END), sum(t.low)) AS {integer}) FROM toll t WHERE t.incident_key = a.incident_key AND t.harm = 'killed'),
    (SELECT CAST(coalesce(max(CASE WHEN t.category = 'unspecified' THEN t.best END), sum(t.best)) AS {integer}) FROM toll t WHERE t.incident_key = a.incident_key AND t.harm = 'killed'),
    (SELECT CAST(coalesce(max(CASE WHEN t.category = 'unspecified' THEN t.high END), sum(t.high)) AS {integer}) FROM toll t WHERE t.incident_key = a.incident_key AND t.harm = 'killed'),
    (SELECT CAST(coalesce(max(CASE WHEN t.category = 'unspecified' THEN t.low END), sum(t.low)) AS {integer}) FROM toll t WHERE t.incident_key = a.incident_key AND t.harm = 'injured'),
    (SELECT CAST(coalesce(max(CASE WHEN t.category = 'unspecified' THEN t.best END), sum(t.best)) AS {integer}) FROM toll t WHERE t.incident_key = a.incident_key AND t.harm = 'injured'),
    (SELECT CAST(coalesce(max(CASE WHEN t.category = 'unspecified' THEN t.high END), sum(t.high)) AS {integer}) FROM toll t WHERE t.incident_key = a.incident_key AND t.harm = 'injured')
FROM incident a
WHERE NOT EXISTS (SELECT 1 FROM linked_member m WHERE m.incident_key = a.incident_key);

-- Documents that came to nothing.
CREATE VIEW v_dead_letter AS
SELECT
    o.run_id, -- the run
    o.source, -- the document's address
    o.kind, -- why
    o.problem, -- what was wrong
    o.stage, -- the stage that failed
    o.file, -- the file
    o.file_row, -- the row of it
    o.document_id, -- the article's id
    o.attempts, -- how often it was tried
    r.tool_version, -- with which version
    EXISTS (SELECT 1 FROM outcome k WHERE k.source = o.source AND k.run_id <> o.run_id AND k.status = 'ok') AS ok_elsewhere -- whether another run has a document of this address
FROM outcome o
JOIN run r ON r.run_id = o.run_id
WHERE o.status = 'failed';
CREATE INDEX outcome_source ON outcome (source);

-- What the sources of one incident say, where their figures differ; `db link` fills it.
CREATE VIEW v_disagreement AS
SELECT
    c.linked_id, -- the incident
    c.harm, -- the harm
    c.category, -- of victims
    c.source_name AS source, -- who states it; empty where reporters speak
    min(c.source_kind) AS source_kind, -- what kind of source
    min(c.low) AS low, -- least number that it states
    max(c.high) AS high, -- greatest
    min(c.best) AS least, -- least of its figures
    max(c.best) AS greatest, -- greatest of its figures
    count(*) AS claims -- how many claims it made
FROM linked_claim c
-- The other claim may have gone since.
WHERE c.is_disputed AND EXISTS (
    SELECT 1 FROM linked_claim o
    WHERE o.is_standing AND o.linked_id = c.linked_id AND o.harm = c.harm AND o.category = c.category
    AND o.source_name <> c.source_name AND o.best <> c.best
)
GROUP BY c.linked_id, c.harm, c.category, c.source_name;

-- What a person should look at: claims not reviewed, and reviewed claims that changed or were found no more.
CREATE VIEW v_review_queue AS
SELECT
    c.claim_key, -- the claim
    c.document_key, -- the article
    'new' AS reason, -- `new`, `changed` or `lost`
    c.confidence, -- the least sure first is the order to go by
    c.harm, -- the harm's label
    c.low, -- least number
    c.high, -- greatest number
    c.evidence -- the sentence
FROM claim c
WHERE c.is_current AND NOT EXISTS (SELECT 1 FROM review r WHERE r.claim_key = c.claim_key)
UNION ALL
SELECT c.claim_key, c.document_key, CASE WHEN c.is_current THEN 'changed' ELSE 'lost' END, c.confidence, c.harm, c.low, c.high, c.evidence
FROM v_review r JOIN claim c ON c.claim_key = r.claim_key
WHERE NOT c.is_current OR c.review_digest <> r.claim_digest;
