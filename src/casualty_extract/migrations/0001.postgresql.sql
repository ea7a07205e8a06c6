-- Full text search over sentences and headlines. A text vector holds a megabyte at most, hence the cut.
CREATE INDEX claim_search ON claim USING gin (to_tsvector('simple', left(evidence, 100000)));
CREATE INDEX document_search ON document USING gin (to_tsvector('simple', left(coalesce(title, ''), 100000)));
-- Ids are as long as the caller likes; an index by hash takes any.
CREATE INDEX document_id ON document USING hash (id);
