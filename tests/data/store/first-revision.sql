-- A database as the program with schema 0001 wrote it; its audit key is 6f712adf03d2cbda163c493fe537edeeb4ae64d85d6375259e423df4d9458dd4
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE arrivals (
	id TEXT NOT NULL,
	source TEXT NOT NULL,
	arrived_at TEXT NOT NULL,
	deadline TEXT,
	priority INTEGER NOT NULL,
	CONSTRAINT pk_arrivals PRIMARY KEY (id)
);
INSERT INTO "arrivals" VALUES('11111111111111111111111111111111','/in/part 7.png','2026-01-31T12:00:00.123456Z','2026-01-31T12:00:10.123456Z',1);
INSERT INTO "arrivals" VALUES('22222222222222222222222222222222','/in/ct','2026-01-31T12:00:00.123456Z','2026-01-31T12:00:10.123456Z',1);
INSERT INTO "arrivals" VALUES('33333333333333333333333333333333','/in/empty.png','2026-01-31T12:00:00.123456Z',NULL,1);
CREATE TABLE audit_entries (
	seq INTEGER NOT NULL,
	at TEXT NOT NULL,
	actor TEXT NOT NULL,
	action TEXT NOT NULL,
	subject TEXT NOT NULL,
	detail TEXT NOT NULL,
	previous TEXT NOT NULL,
	mac TEXT NOT NULL,
	CONSTRAINT pk_audit_entries PRIMARY KEY (seq)
);
INSERT INTO "audit_entries" VALUES(1,'2026-11-21T04:59:16.383411Z','fovea','store.created','store','{"from":null,"to":"0001"}','0000000000000000000000000000000000000000000000000000000000000000','1cd403ad222b94a6d96e07308dfc5daa6cc98c8826af850e69943b713072f493');
INSERT INTO "audit_entries" VALUES(2,'2026-11-21T04:59:16.405314Z','fovea','outcome.recorded','11111111111111111111111111111111','{"attempt":1,"code":"","commitment":"42e10c9970c78534791bb0453e66b4694da53b013c518c7d0e41ffcd235b4a38","flagged":true,"model":"surface-pitting 1.0.0","model_hash":"efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef","regions":2,"status":"answered"}','88c62edda2168c122ef8a31fffd56dac20e2dd00b94ad8736730c4e655e50e4b','34a62aa10be5c6f9ba7fb609f891541b7922de9e89e0eb0b29c32c2270f6db53');
INSERT INTO "audit_entries" VALUES(3,'2026-11-21T04:59:16.410916Z','fovea','outcome.recorded','22222222222222222222222222222222','{"attempt":1,"code":"","commitment":"9b9a5143adbe62da7564a56b0e143bc650eaef90cb6a3e7de839bcdd1fb2ddef","flagged":true,"model":"surface-pitting 1.0.0","model_hash":"efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef","regions":1,"status":"answered"}','4fd879b3480391134bb3a33516b398e76e5082a5fbf34469df6e1840bae7e416','bea07d03e1b743fec74412014de828d729cde37331e7c9efde02213ce2306362');
INSERT INTO "audit_entries" VALUES(4,'2026-11-21T04:59:16.413894Z','fovea','outcome.recorded','33333333333333333333333333333333','{"attempt":1,"code":"IN-EMPTY","commitment":"4498453ee5b79b967b1f5e27065398b32916f2d30143c6226ed6659b5df495e3","flagged":null,"model":"","model_hash":"","regions":0,"status":"refused"}','dbd741c3c9a237ff84c635ae2ab96a4044fa291aa9ab7a5ba595c139d06b8448','620578a8699a95ce0947a2b9779abfd75db3dfc2e2352cc071e0f833ceb934c9');
CREATE TABLE instances (
	study_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	path TEXT NOT NULL,
	sop_uid TEXT,
	frame INTEGER NOT NULL,
	CONSTRAINT pk_instances PRIMARY KEY (study_id, position),
	CONSTRAINT fk_instances_study_id_studies FOREIGN KEY(study_id) REFERENCES studies (id)
)
 WITHOUT ROWID
;
INSERT INTO "instances" VALUES(1,0,'/in/part 7.png',NULL,0);
INSERT INTO "instances" VALUES(2,0,'/in/ct/3.dcm','1.2.840.3',1);
INSERT INTO "instances" VALUES(2,1,'/in/ct/1.dcm','1.2.840.1',1);
INSERT INTO "instances" VALUES(2,2,'/in/ct/2.dcm','1.2.840.2',0);
CREATE TABLE outcomes (
	id INTEGER NOT NULL,
	arrival_id TEXT NOT NULL,
	attempt INTEGER NOT NULL,
	study_id INTEGER,
	recorded_at TEXT NOT NULL,
	status TEXT NOT NULL,
	flagged BOOLEAN,
	reason TEXT NOT NULL,
	code TEXT NOT NULL,
	coverage FLOAT NOT NULL,
	doubts JSON NOT NULL,
	read_ms FLOAT NOT NULL,
	prepare_ms FLOAT NOT NULL,
	detect_ms FLOAT NOT NULL,
	merge_ms FLOAT NOT NULL,
	record_ms FLOAT NOT NULL,
	total_ms FLOAT NOT NULL,
	model TEXT NOT NULL,
	model_hash TEXT NOT NULL,
	backend TEXT NOT NULL,
	effort TEXT NOT NULL,
	budget_s FLOAT,
	program_version TEXT NOT NULL,
	reused_from TEXT,
	salt BLOB NOT NULL,
	CONSTRAINT pk_outcomes PRIMARY KEY (id),
	CONSTRAINT fk_outcomes_arrival_id_arrivals FOREIGN KEY(arrival_id) REFERENCES arrivals (id),
	CONSTRAINT fk_outcomes_study_id_studies FOREIGN KEY(study_id) REFERENCES studies (id),
	CONSTRAINT uq_outcomes_arrival_id_attempt UNIQUE (arrival_id, attempt),
	CONSTRAINT ck_outcomes_status CHECK (status IN ('answered', 'incomplete', 'out-of-domain', 'refused', 'failed')),
	CONSTRAINT ck_outcomes_attempt CHECK (attempt >= 1),
	CONSTRAINT ck_outcomes_coverage CHECK (coverage BETWEEN 0 AND 1),
	CONSTRAINT ck_outcomes_answered_in_full CHECK (status <> 'answered' OR (coverage = 1 AND flagged IS NOT NULL))
);
INSERT INTO "outcomes" VALUES(1,'11111111111111111111111111111111',1,1,'2026-11-21T04:59:16.401952Z','answered',1,'','',1.0,'["late"]',1.1,2.2,3.3,4.4,0.0,1.10000000000000017761e+01,'surface-pitting 1.0.0','efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef','onnxruntime 1.23.0 cpu','full',10.1,'0.1.0',NULL,X'1F6C8E7834C67ECAE6CF6A7C100BF3A5');
INSERT INTO "outcomes" VALUES(2,'22222222222222222222222222222222',1,2,'2026-11-21T04:59:16.409732Z','answered',1,'','',1.0,'[]',1.1,2.2,3.3,4.4,0.0,1.10000000000000017761e+01,'surface-pitting 1.0.0','efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef','onnxruntime 1.23.0 cpu','full',NULL,'0.1.0',NULL,X'F1B18C4AB6BC0909DA4C550E369563DB');
INSERT INTO "outcomes" VALUES(3,'33333333333333333333333333333333',1,NULL,'2026-11-21T04:59:16.413565Z','refused',NULL,'/in/empty.png is empty. Copy it again.','IN-EMPTY',0.0,'[]',0.0,0.0,0.0,0.0,0.0,0.0,'','','','',NULL,'0.1.0',NULL,X'27A1A5517F4978872143B5FFFC4627BC');
CREATE TABLE regions (
	outcome_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	label TEXT NOT NULL,
	score FLOAT NOT NULL,
	band TEXT NOT NULL,
	z0 FLOAT,
	y0 FLOAT NOT NULL,
	x0 FLOAT NOT NULL,
	z1 FLOAT,
	y1 FLOAT NOT NULL,
	x1 FLOAT NOT NULL,
	center_x_mm FLOAT,
	center_y_mm FLOAT,
	center_z_mm FLOAT,
	CONSTRAINT pk_regions PRIMARY KEY (outcome_id, position),
	CONSTRAINT fk_regions_outcome_id_outcomes FOREIGN KEY(outcome_id) REFERENCES outcomes (id),
	CONSTRAINT ck_regions_score CHECK (score BETWEEN 0 AND 1),
	CONSTRAINT ck_regions_band CHECK (band IN ('sure', 'unsure')),
	CONSTRAINT ck_regions_box CHECK ((z0 IS NULL) = (z1 IS NULL))
)
 WITHOUT ROWID
;
INSERT INTO "regions" VALUES(1,0,'pitting',3.00000000000000044408e-01,'sure',NULL,2.0,3.33333333333333314829e-01,NULL,1.0e+300,4.94065645841247e-324,NULL,NULL,NULL);
INSERT INTO "regions" VALUES(1,1,'pitting',3.33333333333333314829e-01,'sure',NULL,2.0,3.33333333333333314829e-01,NULL,1.0e+300,4.94065645841247e-324,NULL,NULL,NULL);
INSERT INTO "regions" VALUES(2,0,'nodule',0.75,'unsure',0.5,1.25,2.0,3.5,2.1428571428571427937e+00,6.0,-12.5,0.1,1.0e-09);
CREATE TABLE studies (
	id INTEGER NOT NULL,
	content_hash TEXT NOT NULL,
	kind TEXT NOT NULL,
	modality TEXT NOT NULL,
	source TEXT NOT NULL,
	CONSTRAINT pk_studies PRIMARY KEY (id)
);
INSERT INTO "studies" VALUES(1,'abababababababababababababababababababababababababababababababab','photograph','photo','/in/part 7.png');
INSERT INTO "studies" VALUES(2,'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd','volume','CT','/in/ct');
CREATE INDEX ix_studies_content_hash ON studies (content_hash);
CREATE TRIGGER audit_entries_gapless BEFORE INSERT ON audit_entries
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_entries)
    BEGIN SELECT raise(ABORT, 'audit entries are appended without gaps'); END;
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
    BEGIN SELECT raise(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
    BEGIN SELECT raise(ABORT, 'audit entries are never deleted'); END;
COMMIT;
