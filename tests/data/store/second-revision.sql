-- A database as the program with schema 0002 wrote it; its audit key is 0ad04d862cedb34a2df9d7e134685f539068db98325649bbeb1e42fc16560942
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
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
INSERT INTO "audit_entries" VALUES(1,'2026-11-21T14:13:05.977034Z','fovea','store.created','store','{"from":null,"to":"0002"}','0000000000000000000000000000000000000000000000000000000000000000','0742fb224ae06c1c97f62e5519b83ba1a9c5cf4d063a2e6a0a8043fff4ab15a0');
INSERT INTO "audit_entries" VALUES(2,'2026-11-21T14:13:05.995992Z','fovea','outcome.recorded','11111111111111111111111111111111','{"attempt":1,"code":"","commitment":"600ed95a1c5f163a213cb4070d5496b63d3069feae9e931e71657e7dc96ca1b8","flagged":true,"model":"surface-pitting 1.0.0","model_hash":"efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef","regions":2,"status":"answered"}','c8db917bb289bc5a77b3f25ea41e7e49c65ba35e101b2a5eec19f15301219ebf','c44fd7c6befd8dbffb6bebdfc23d37164b0cffeb6fa6977957a113fa5bf58c6a');
INSERT INTO "audit_entries" VALUES(3,'2026-11-21T14:13:06.008852Z','fovea','outcome.recorded','22222222222222222222222222222222','{"attempt":1,"code":"","commitment":"70a1215dc8004616c8db8c13ed676f90fbd4350eda3ce21a9a014da26cad457b","flagged":true,"model":"surface-pitting 1.0.0","model_hash":"efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef","regions":1,"status":"answered"}','c7a6f26d04e273319b942d50f2428bcd505ea8633233f231674c3ad106db25b3','65d6eb8055f2351cf718cc548b8bfa699fb1bd787f6be48fc467d904ee30217c');
INSERT INTO "audit_entries" VALUES(4,'2026-11-21T14:13:06.013552Z','fovea','outcome.recorded','33333333333333333333333333333333','{"attempt":1,"code":"IN-EMPTY","commitment":"15c21f0ce4fbfe51855312f79e29acaf4811cd50167127b6bcf2aa5e15348c44","flagged":null,"model":"","model_hash":"","regions":0,"status":"refused"}','1c8acee39202cf50a690131bea8a517ed7f1f8b4fdb39930e3a371549526b8f5','4b9bcd2231657254eba8bfc8d750eb2dee19f9deca682497f12071d2a5424f98');
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
INSERT INTO "outcomes" VALUES(1,'11111111111111111111111111111111',1,1,'2026-11-21T14:13:05.990393Z','answered',1,'','',1.0,'["late"]',1.1,2.2,3.3,4.4,0.0,1.10000000000000017761e+01,'surface-pitting 1.0.0','efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef','onnxruntime 1.23.0 cpu','full',10.1,'0.1.0',NULL,X'8F37A4AD4AAFB77B9FC34A0273072894');
INSERT INTO "outcomes" VALUES(2,'22222222222222222222222222222222',1,2,'2026-11-21T14:13:06.004167Z','answered',1,'','',1.0,'[]',1.1,2.2,3.3,4.4,0.0,1.10000000000000017761e+01,'surface-pitting 1.0.0','efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef','onnxruntime 1.23.0 cpu','full',NULL,'0.1.0',NULL,X'FED7B1916B359772147E103ABCC226BB');
INSERT INTO "outcomes" VALUES(3,'33333333333333333333333333333333',1,NULL,'2026-11-21T14:13:06.012968Z','refused',NULL,'/in/empty.png is empty. Copy it again.','IN-EMPTY',0.0,'[]',0.0,0.0,0.0,0.0,0.0,0.0,'','','','',NULL,'0.1.0',NULL,X'CE6B1E3FD930345B9028858F3EE44628');
CREATE TABLE region_instances (
	outcome_id INTEGER NOT NULL, 
	region INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	sop_uid TEXT NOT NULL, 
	frame INTEGER NOT NULL, 
	x0 FLOAT NOT NULL, 
	y0 FLOAT NOT NULL, 
	x1 FLOAT NOT NULL, 
	y1 FLOAT NOT NULL, 
	CONSTRAINT pk_region_instances PRIMARY KEY (outcome_id, region, position), 
	CONSTRAINT fk_region_instances_outcome_id_region_regions FOREIGN KEY(outcome_id, region) REFERENCES regions (outcome_id, position)
)
 WITHOUT ROWID

;
INSERT INTO "region_instances" VALUES(2,0,0,'1.2.840.3',1,2.0,1.25,6.0,2.1428571428571427937e+00);
INSERT INTO "region_instances" VALUES(2,0,1,'1.2.840.1',0,1.5,0.75,5.5,1.6428571428571427937e+00);
CREATE TABLE region_measures (
	outcome_id INTEGER NOT NULL, 
	region INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	value FLOAT NOT NULL, 
	unit TEXT NOT NULL, 
	CONSTRAINT pk_region_measures PRIMARY KEY (outcome_id, region, position), 
	CONSTRAINT fk_region_measures_outcome_id_region_regions FOREIGN KEY(outcome_id, region) REFERENCES regions (outcome_id, position), 
	CONSTRAINT uq_region_measures_outcome_id_region_name UNIQUE (outcome_id, region, name)
)
 WITHOUT ROWID

;
INSERT INTO "region_measures" VALUES(2,0,0,'longest-diameter',3.00000000000000044408e-01,'mm');
INSERT INTO "region_measures" VALUES(2,0,1,'mean',-3.33333333333333314829e-01,'[hnsf''U]');
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
INSERT INTO "regions" VALUES(2,0,'nodule',0.75,'unsure',0.5,1.25,2.0,1.5,2.1428571428571427937e+00,6.0,-12.5,0.1,1.0e-09);
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
CREATE INDEX ix_region_instances_sop_uid ON region_instances (sop_uid);
COMMIT;
