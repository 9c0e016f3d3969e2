-- A database as the program with schema 0004 wrote it; its audit key is c995d6819bce82ba85847c75aa47fc66d1163d403c468eeb53407d27b2baa6c2
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
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
INSERT INTO "arrivals" VALUES('44444444444444444444444444444444',X'2F696E2F6E657874FF2E706E67','2026-01-31T12:00:00.123456Z','2026-01-31T12:00:10.123456Z',1);
INSERT INTO "arrivals" VALUES('55555555555555555555555555555555','/in/unwanted.png','2026-01-31T12:00:00.123456Z','2026-01-31T12:00:10.123456Z',1);
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
INSERT INTO "audit_entries" VALUES(1,'2026-11-21T15:26:12.611277Z','fovea','store.created','store','{"from":null,"to":"0003"}','0000000000000000000000000000000000000000000000000000000000000000','3d27efaf08ce5492d4ea1f7565ebf36168dd3ca4fb1716b4fb662095f6c66d26');
INSERT INTO "audit_entries" VALUES(2,'2026-11-21T15:26:12.622060Z','fovea','arrival.queued','11111111111111111111111111111111','{"origin":"watch","priority":1}','e17b88fc4ce320b67c643913d1434091a39161aec1a760ac3324d4eca547ed22','e9483a27c10ef8dae58305c30dcdb3b311f7196e098afefa2c0c85334c12a43a');
INSERT INTO "audit_entries" VALUES(3,'2026-11-21T15:26:12.623971Z','fovea','job.claimed','11111111111111111111111111111111','{"attempt":1,"worker":"worker-1"}','55d55b60b78293fd0c51ddd6d31e6653b387d316e0b601333a4ec7ee812c7fd9','1011c5d720743ca38db27996cc6a44f989100e7b1d86612033a1ce13a03c0169');
INSERT INTO "audit_entries" VALUES(4,'2026-11-21T15:26:12.627532Z','fovea','files.taken','watch','{"arrivals":1,"files":2}','9c30649a875f2cf025b024e513dab4478e42ceb7cea787c752558f092e84a9d9','b6b962f035d71210085d2a903f74d17c7d9ae44ac06389e9470a87c36e0a5940');
INSERT INTO "audit_entries" VALUES(5,'2026-11-21T15:26:12.633105Z','fovea','outcome.recorded','11111111111111111111111111111111','{"attempt":1,"code":"","commitment":"c7e4d1aacd1a35af3f5bf04588cbcdb6973fbe47650860a4e0a5dd87e4836dcd","flagged":true,"model":"surface-pitting 1.0.0","model_hash":"efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef","regions":2,"status":"answered"}','8d3cfa833897858bae4c89fe024e0d33ed7fde19811de3ef5f922e29a12962e4','790bae8c44b4f40552724e096ab5862af1960e5a2d12142fe1b04cbd7c7c9341');
INSERT INTO "audit_entries" VALUES(6,'2026-11-21T15:26:12.634425Z','fovea','files.closed','watch','{"gone":0,"left":1}','0115607320d9b4c40a1a324cc5aa1371a614234b9d9cf333d72db8af971b8a01','a710a54d472ad7a90f8780d5d0f1c07c8b2a11728a1c92059973944956cfa42f');
INSERT INTO "audit_entries" VALUES(7,'2026-11-21T15:26:12.637031Z','fovea','outcome.recorded','22222222222222222222222222222222','{"attempt":1,"code":"","commitment":"9d1b817634245e99832bd664a427a0396818d4be7aa89d7f07575d7128566377","flagged":true,"model":"surface-pitting 1.0.0","model_hash":"efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef","regions":1,"status":"answered"}','3362f9e62cc9f404d1cae3be3b75b4f45702c3226b42f5192a43ce8e3edea230','891b21584d05b0bd87739c9dbb59b0f7b5eac0f30676c2e15809004192dcd838');
INSERT INTO "audit_entries" VALUES(8,'2026-11-21T15:26:12.638306Z','fovea','outcome.recorded','33333333333333333333333333333333','{"attempt":1,"code":"IN-EMPTY","commitment":"6d469ee9f8f6a36c46e43a5027af6f34a67783b46a084c2562d2a5117b8f2b75","flagged":null,"model":"","model_hash":"","regions":0,"status":"refused"}','00440c90982a7b109ecaa1b42bb881e135d71f556ec0e32f250990d2578cb397','951fa53c2f4d84e4a63ceb0702a40cc953e3472d238f9b274907bb90d1c6a041');
INSERT INTO "audit_entries" VALUES(9,'2026-11-21T15:26:12.639627Z','fovea','arrival.queued','44444444444444444444444444444444','{"origin":"watch","priority":1}','5607b585f5703cc1dab6ed77f7b09b24fca1e34ead7e80a693adf583c15dfaa7','aeb19998c7ecd5fe2eae17fc30b3ef294885bb104f41d94688680ce2159b5d62');
INSERT INTO "audit_entries" VALUES(10,'2026-11-21T15:26:12.640896Z','fovea','files.taken','watch','{"arrivals":1,"files":1}','9e4bd8d3a104553c44c0c93d82bc39f1fdfc1e59f0b5c121047193bff09b8818','65c70463a2c89bea6457ed7b1ff1ce9bbe87b76dd154662544b4dc23d3cd2beb');
INSERT INTO "audit_entries" VALUES(11,'2026-11-21T15:26:12.646131Z','fovea','arrival.queued','55555555555555555555555555555555','{"origin":"watch","priority":1}','cd89909a404f9dadcd130eacc263f6735d296f63ab11afa2697bbd189adbcea5','18b18a037f401f1b46ac240fca6b507e0007c00c92993bf3fd564a6415ad99d1');
INSERT INTO "audit_entries" VALUES(12,'2026-11-21T15:26:12.650932Z','fovea','job.withdrawn','55555555555555555555555555555555','{}','6b817b395f926bdce985e63d629d17bc3052d48cfeaa1f09cce235e822d56cc1','bf82bf85f47f436efb9272a55e032f66786a5544f7651965107c612503d1ac78');
INSERT INTO "audit_entries" VALUES(13,'2026-11-21T17:17:23.782350Z','fovea','store.migrated','store','{"from":"0003","old_count":12,"old_mac":"bf82bf85f47f436efb9272a55e032f66786a5544f7651965107c612503d1ac78","to":"0004"}','facc0d10ee6a63fb676bef321aacf79c5fb80ccebef269d14b12177b8b048c90','596b76d3757d8bf5dc6951aed0ca61b864dee255e6d4373f9b803b9701b279f8');
INSERT INTO "audit_entries" VALUES(14,'2026-11-21T17:17:23.833269Z','nobody','review.saved','11111111111111111111111111111111','{"attempt":1,"commitment":"88fd83465534d891a5bbf476b4323b3f98efe26d9dca33b7f51c498f680b65ed","old_regions":{},"old_signed":false,"old_verdict":null,"old_version":null,"reason_given":false,"regions":{"confirmed":1,"rejected":1},"verdict":"accept","version":1}','f223fcdbafec28ac7b3f9a292fe8ec0390e64728240e85ada4f7acdda7dd7ae8','a2c501f79d46ce6a12543cdc160b6fe3fc196d17a0f70893b3a8e79456fca231');
CREATE TABLE audit_seals (
	number INTEGER NOT NULL, 
	follows INTEGER NOT NULL, 
	origin TEXT NOT NULL, 
	count INTEGER NOT NULL, 
	head TEXT NOT NULL, 
	at TEXT NOT NULL, 
	public_key TEXT NOT NULL, 
	signature TEXT NOT NULL, 
	CONSTRAINT pk_audit_seals PRIMARY KEY (number)
);
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
CREATE TABLE job_files (
	job_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	path TEXT NOT NULL, 
	member TEXT NOT NULL, 
	CONSTRAINT pk_job_files PRIMARY KEY (job_id, position), 
	CONSTRAINT fk_job_files_job_id_jobs FOREIGN KEY(job_id) REFERENCES jobs (id)
)
 WITHOUT ROWID

;
INSERT INTO "job_files" VALUES(2,0,X'2F696E2F6E657874FF2E706E67','');
CREATE TABLE jobs (
	id INTEGER NOT NULL, 
	arrival_id TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	"key" TEXT, 
	path TEXT NOT NULL, 
	refusal JSON, 
	missing JSON NOT NULL, 
	model_id TEXT, 
	modality TEXT, 
	threshold FLOAT, 
	effort TEXT, 
	budget_s FLOAT, 
	late TEXT NOT NULL, 
	reuse BOOLEAN NOT NULL, 
	kind TEXT NOT NULL, 
	stored_bytes INTEGER NOT NULL, 
	priority INTEGER NOT NULL, 
	due TEXT NOT NULL, 
	state TEXT NOT NULL, 
	attempt INTEGER NOT NULL, 
	worker TEXT, 
	claimed_at TEXT, 
	cancel BOOLEAN NOT NULL, 
	reason TEXT NOT NULL, 
	work_p50_s FLOAT, 
	work_p90_s FLOAT, 
	expected_at TEXT, 
	at_latest TEXT, 
	late_s FLOAT, 
	forecast_basis TEXT, 
	CONSTRAINT pk_jobs PRIMARY KEY (id), 
	CONSTRAINT fk_jobs_arrival_id_arrivals FOREIGN KEY(arrival_id) REFERENCES arrivals (id), 
	CONSTRAINT uq_jobs_arrival_id UNIQUE (arrival_id), 
	CONSTRAINT uq_jobs_key UNIQUE ("key"), 
	CONSTRAINT ck_jobs_state CHECK (state IN ('waiting', 'working', 'answered', 'withdrawn')), 
	CONSTRAINT ck_jobs_lease CHECK ((state = 'working') = (worker IS NOT NULL)), 
	CONSTRAINT ck_jobs_attempt CHECK (attempt >= 1), 
	CONSTRAINT ck_jobs_late CHECK (late IN ('answer', 'drop'))
);
INSERT INTO "jobs" VALUES(1,'11111111111111111111111111111111','watch','first','/in/part 7.png','null','[]','surface-pitting','CT',0.25,'quick',3.5,'drop',1,'photograph',1048576,1,'2026-01-31T12:00:10.123456Z','answered',1,NULL,'2026-11-21T15:26:12.622813Z',0,'',1.5,3.25,'2026-01-31T12:00:02.123456Z','2026-01-31T12:00:05.123456Z',0.0,'few');
INSERT INTO "jobs" VALUES(2,'44444444444444444444444444444444','watch','second',X'2F696E2F6E657874FF2E706E67','null','[]','surface-pitting','CT',0.25,'quick',3.5,'drop',1,'photograph',1048576,1,'2026-01-31T12:00:10.123456Z','waiting',1,NULL,NULL,0,'',1.5,3.25,'2026-01-31T12:00:02.123456Z','2026-01-31T12:00:05.123456Z',0.0,'few');
INSERT INTO "jobs" VALUES(3,'55555555555555555555555555555555','watch',NULL,'/in/unwanted.png','null','[]','surface-pitting','CT',0.25,'quick',3.5,'drop',1,'photograph',1048576,1,'2026-01-31T12:00:10.123456Z','withdrawn',1,NULL,NULL,1,'It was withdrawn.',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE operators (
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	secret TEXT NOT NULL, 
	added_at TEXT NOT NULL, 
	disabled_at TEXT, 
	failures INTEGER NOT NULL, 
	failed_at TEXT, 
	salt BLOB NOT NULL, 
	CONSTRAINT pk_operators PRIMARY KEY (name), 
	CONSTRAINT ck_operators_role CHECK (role IN ('viewer', 'reader', 'inspector', 'lead', 'administrator'))
)
 WITHOUT ROWID

;
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
INSERT INTO "outcomes" VALUES(1,'11111111111111111111111111111111',1,1,'2026-11-21T15:26:12.628215Z','answered',1,'','',1.0,'[]',1.1,2.2,3.3,4.4,0.0,1.10000000000000017761e+01,'surface-pitting 1.0.0','efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef','onnxruntime 1.23.0 cpu','full',NULL,'0.1.0',NULL,X'A727F254A13BC3D85019C906F6E33AA2');
INSERT INTO "outcomes" VALUES(2,'22222222222222222222222222222222',1,2,'2026-11-21T15:26:12.635085Z','answered',1,'','',1.0,'[]',1.1,2.2,3.3,4.4,0.0,1.10000000000000017761e+01,'surface-pitting 1.0.0','efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef','onnxruntime 1.23.0 cpu','full',NULL,'0.1.0',NULL,X'74B4C155116D3E0F9DB9CDAF4D930567');
INSERT INTO "outcomes" VALUES(3,'33333333333333333333333333333333',1,NULL,'2026-11-21T15:26:12.637743Z','refused',NULL,'/in/empty.png is empty. Copy it again.','IN-EMPTY',0.0,'[]',0.0,0.0,0.0,0.0,0.0,0.0,'','','','',NULL,'0.1.0',NULL,X'6A843953D0F1F19CD1CE82D94C38EE78');
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
CREATE TABLE review_regions (
	review_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	region INTEGER, 
	verdict TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	label TEXT, 
	z0 FLOAT, 
	y0 FLOAT, 
	x0 FLOAT, 
	z1 FLOAT, 
	y1 FLOAT, 
	x1 FLOAT, 
	center_x_mm FLOAT, 
	center_y_mm FLOAT, 
	center_z_mm FLOAT, 
	instances JSON NOT NULL, 
	CONSTRAINT pk_review_regions PRIMARY KEY (review_id, position), 
	CONSTRAINT fk_review_regions_review_id_reviews FOREIGN KEY(review_id) REFERENCES reviews (id), 
	CONSTRAINT ck_review_regions_verdict CHECK (verdict IN ('confirmed', 'rejected', 'changed', 'added')), 
	CONSTRAINT ck_review_regions_region CHECK ((verdict = 'added') = (region IS NULL)), 
	CONSTRAINT ck_review_regions_place CHECK ((verdict IN ('changed', 'added')) = (label IS NOT NULL AND y0 IS NOT NULL))
)
 WITHOUT ROWID

;
INSERT INTO "review_regions" VALUES(1,0,0,'rejected','scratch on the lens',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]');
INSERT INTO "review_regions" VALUES(1,1,1,'confirmed','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]');
CREATE TABLE reviews (
	id INTEGER NOT NULL, 
	outcome_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	operator TEXT NOT NULL, 
	verdict TEXT, 
	comment TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	signed_at TEXT, 
	salt BLOB NOT NULL, 
	CONSTRAINT pk_reviews PRIMARY KEY (id), 
	CONSTRAINT fk_reviews_outcome_id_outcomes FOREIGN KEY(outcome_id) REFERENCES outcomes (id), 
	CONSTRAINT uq_reviews_outcome_id_version UNIQUE (outcome_id, version), 
	CONSTRAINT ck_reviews_verdict CHECK (verdict IN ('accept', 'warn', 'reject', 'agree', 'disagree')), 
	CONSTRAINT ck_reviews_signed_with_verdict CHECK (signed_at IS NULL OR verdict IS NOT NULL)
);
INSERT INTO "reviews" VALUES(1,1,1,'2026-11-21T17:17:23.814018Z','nobody','accept','','',NULL,X'5DAE73E44147B6A76EC89F66D6FAA8D0');
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
CREATE TABLE timings (
	outcome_id INTEGER NOT NULL, 
	files INTEGER NOT NULL, 
	read_bytes INTEGER NOT NULL, 
	pixels INTEGER NOT NULL, 
	tiles INTEGER NOT NULL, 
	calls INTEGER NOT NULL, 
	threads INTEGER NOT NULL, 
	forecast_p50_s FLOAT, 
	forecast_p90_s FLOAT, 
	CONSTRAINT pk_timings PRIMARY KEY (outcome_id), 
	CONSTRAINT fk_timings_outcome_id_outcomes FOREIGN KEY(outcome_id) REFERENCES outcomes (id)
);
INSERT INTO "timings" VALUES(1,1,1048576,4194304,20,5,2,1.5,3.25);
INSERT INTO "timings" VALUES(2,3,524288,786432,12,3,2,NULL,NULL);
CREATE TABLE watched_files (
	id INTEGER NOT NULL, 
	folder TEXT NOT NULL, 
	parent TEXT NOT NULL, 
	name TEXT NOT NULL, 
	inode INTEGER NOT NULL, 
	size_bytes INTEGER NOT NULL, 
	mtime_ns INTEGER NOT NULL, 
	first_seen_at TEXT NOT NULL, 
	series_uid TEXT, 
	arrival_id TEXT, 
	closed_at TEXT, 
	CONSTRAINT pk_watched_files PRIMARY KEY (id), 
	CONSTRAINT fk_watched_files_arrival_id_arrivals FOREIGN KEY(arrival_id) REFERENCES arrivals (id), 
	CONSTRAINT uq_watched_files_folder_parent_name_arrival_id UNIQUE (folder, parent, name, arrival_id)
);
INSERT INTO "watched_files" VALUES(1,'/in','','part 7.png',7,1048576,1769860800000000000,'2026-01-31T12:00:00.123456Z',NULL,'11111111111111111111111111111111','2026-11-21T15:26:12.633812Z');
INSERT INTO "watched_files" VALUES(2,'/in','','notes.txt',8,9,10,'2026-01-31T12:00:00.123456Z',NULL,NULL,'2026-11-21T15:26:12.626377Z');
INSERT INTO "watched_files" VALUES(3,'/in','',X'6E657874FF2E706E67',11,12,13,'2026-01-31T12:00:00.123456Z',NULL,'44444444444444444444444444444444',NULL);
CREATE INDEX ix_studies_content_hash ON studies (content_hash);
CREATE TRIGGER audit_entries_gapless BEFORE INSERT ON audit_entries
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_entries)
    BEGIN SELECT raise(ABORT, 'audit entries are appended without gaps'); END;
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
    BEGIN SELECT raise(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
    BEGIN SELECT raise(ABORT, 'audit entries are never deleted'); END;
CREATE INDEX ix_region_instances_sop_uid ON region_instances (sop_uid);
CREATE INDEX ix_jobs_waiting ON jobs (priority, due, id) WHERE state = 'waiting';
CREATE INDEX ix_jobs_working ON jobs (worker) WHERE state = 'working';
CREATE INDEX ix_watched_files_series_uid ON watched_files (series_uid);
CREATE INDEX ix_watched_files_arrival_id ON watched_files (arrival_id);
CREATE INDEX ix_watched_files_open ON watched_files (arrival_id) WHERE closed_at IS NULL;
CREATE TRIGGER audit_seals_no_update BEFORE UPDATE ON audit_seals BEGIN SELECT raise(ABORT, 'seals are never changed'); END;
CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals BEGIN SELECT raise(ABORT, 'seals are never deleted'); END;
CREATE TRIGGER operators_no_delete BEFORE DELETE ON operators BEGIN SELECT raise(ABORT, 'operators are disabled, not deleted'); END;
CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews BEGIN SELECT raise(ABORT, 'reviews are never changed: a new version is added'); END;
CREATE TRIGGER review_regions_no_update BEFORE UPDATE ON review_regions BEGIN SELECT raise(ABORT, 'reviews are never changed: a new version is added'); END;
CREATE INDEX ix_audit_entries_settings ON audit_entries (seq) WHERE action = 'settings.changed';
CREATE INDEX ix_outcomes_status_flagged_model_recorded_at ON outcomes (status, flagged, model, recorded_at);
COMMIT;
