-- Full text search over sentences and headlines. Triggers keep it where rows change or go; the words of new rows are
-- taken in by whoever adds them, for all rows at once: by a trigger, each row would cost as much as all.

-- Words of the claims' sentences; `rowid` is `claim.claim_number`.
CREATE VIRTUAL TABLE claim_search USING fts5(evidence, content='claim', content_rowid='claim_number');
CREATE TRIGGER claim_search_delete AFTER DELETE ON claim BEGIN
    INSERT INTO claim_search (claim_search, rowid, evidence) VALUES ('delete', old.claim_number, old.evidence);
END;
CREATE TRIGGER claim_search_update AFTER UPDATE OF evidence ON claim WHEN old.evidence <> new.evidence BEGIN
    INSERT INTO claim_search (claim_search, rowid, evidence) VALUES ('delete', old.claim_number, old.evidence);
    INSERT INTO claim_search (rowid, evidence) VALUES (new.claim_number, new.evidence);
END;

-- Words of the headlines; `rowid` is `document.document_number`.
CREATE VIRTUAL TABLE document_search USING fts5(title, content='document', content_rowid='document_number');
CREATE TRIGGER document_search_delete AFTER DELETE ON document BEGIN
    INSERT INTO document_search (document_search, rowid, title) VALUES ('delete', old.document_number, old.title);
END;
CREATE TRIGGER document_search_update AFTER UPDATE OF title ON document WHEN old.title IS NOT new.title BEGIN
    INSERT INTO document_search (document_search, rowid, title) VALUES ('delete', old.document_number, old.title);
    INSERT INTO document_search (rowid, title) VALUES (new.document_number, new.title);
END;
CREATE INDEX document_id ON document (id);
