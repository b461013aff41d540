CREATE TABLE operation (
    id INTEGER NOT NULL,
    at VARCHAR(32) NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL,
    reason TEXT,
    authority TEXT,
    sources TEXT NOT NULL,
    counts TEXT NOT NULL,
    version TEXT NOT NULL,
    undoes INTEGER,
    CONSTRAINT pk_operation PRIMARY KEY (id),
    CONSTRAINT fk_operation_undoes FOREIGN KEY(undoes) REFERENCES operation (id)
);

CREATE INDEX ix_operation_undoes ON operation (undoes);

CREATE TABLE setting (
    "key" VARCHAR(32) NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY ("key")
);

CREATE TABLE closing (
    year INTEGER NOT NULL,
    day DATE NOT NULL,
    figures TEXT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_closing PRIMARY KEY (year),
    CONSTRAINT fk_closing_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE TABLE history (
    id INTEGER NOT NULL,
    operation INTEGER NOT NULL,
    noun VARCHAR(32) NOT NULL,
    "key" VARCHAR(64) NOT NULL,
    "before" TEXT NOT NULL,
    written INTEGER NOT NULL,
    CONSTRAINT pk_history PRIMARY KEY (id),
    CONSTRAINT fk_history_operation FOREIGN KEY(operation) REFERENCES operation (id),
    CONSTRAINT fk_history_written FOREIGN KEY(written) REFERENCES operation (id)
);

CREATE INDEX ix_history_noun_key ON history (noun, "key");

CREATE INDEX ix_history_operation ON history (operation);

CREATE INDEX ix_history_written ON history (written);

CREATE TABLE organization (
    code VARCHAR(64) NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    type VARCHAR(20) NOT NULL,
    parent VARCHAR,
    domain VARCHAR(20),
    sector VARCHAR(24),
    secretary_seats INTEGER,
    committee_seats INTEGER,
    founded DATE,
    dissolved DATE,
    elected DATE,
    graduates INTEGER,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_organization PRIMARY KEY (code),
    CONSTRAINT ck_organization_type CHECK (type IN ('committee', 'work committee', 'general branch', 'branch', 'graduating branch')),
    CONSTRAINT ck_organization_domain CHECK (domain IN ('school', 'society')),
    CONSTRAINT ck_organization_sector CHECK (sector IN ('village', 'community', 'junior middle', 'senior middle', 'vocational', 'government', 'public institution', 'state enterprise', 'private enterprise', 'social organisation', 'other')),
    CONSTRAINT ck_organization_not_its_own_parent CHECK (parent <> code),
    CONSTRAINT ck_organization_dissolved_after_founded CHECK (dissolved >= founded),
    CONSTRAINT ck_organization_seats CHECK (secretary_seats >= 0 AND committee_seats >= 0),
    CONSTRAINT fk_organization_parent FOREIGN KEY(parent) REFERENCES organization (code),
    CONSTRAINT fk_organization_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_organization_folded ON organization (folded);

CREATE INDEX ix_organization_parent ON organization (parent);

CREATE UNIQUE INDEX uq_organization_name ON organization (coalesce(parent, ''), folded) WHERE dissolved IS NULL;

CREATE TABLE person (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    id_number VARCHAR(18) NOT NULL,
    phone VARCHAR(20),
    politics TEXT,
    written TEXT,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT ck_person_id_number CHECK (length(id_number) = 18),
    CONSTRAINT uq_person_id_number UNIQUE (id_number),
    CONSTRAINT fk_person_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_person_born ON person (substr(id_number, 7, 8));

CREATE INDEX ix_person_name ON person (name);

CREATE TABLE task (
    id INTEGER NOT NULL,
    module TEXT NOT NULL,
    task TEXT NOT NULL,
    lead TEXT NOT NULL,
    due DATE,
    done DATE,
    authority TEXT,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_task PRIMARY KEY (id),
    CONSTRAINT uq_task_module_task UNIQUE (module, task),
    CONSTRAINT fk_task_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE TABLE training (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    category VARCHAR(12) NOT NULL,
    day DATE NOT NULL,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_training PRIMARY KEY (id),
    CONSTRAINT uq_training_name_day UNIQUE (name, day),
    CONSTRAINT ck_training_category CHECK (category IN ('drill', 'basics', 'qingma', 'other')),
    CONSTRAINT fk_training_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_training_day ON training (day);

CREATE TABLE activity (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    category VARCHAR(20) NOT NULL,
    day DATE NOT NULL,
    organization VARCHAR NOT NULL,
    attendances INTEGER,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_activity PRIMARY KEY (id),
    CONSTRAINT uq_activity_name_day_organization UNIQUE (name, day, organization),
    CONSTRAINT ck_activity_category CHECK (category IN ('theme day', 'joining and leaving', 'red study', 'oath', 'league lesson', 'branch meeting', 'committee meeting', 'group meeting', 'seminar', 'youth lectures', 'congress lectures', 'youth study', 'scarf study', 'joint meeting', 'other')),
    CONSTRAINT ck_activity_attendances CHECK (attendances >= 0),
    CONSTRAINT fk_activity_organization FOREIGN KEY(organization) REFERENCES organization (code),
    CONSTRAINT fk_activity_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_activity_day ON activity (day);

CREATE INDEX ix_activity_organization ON activity (organization);

CREATE TABLE alias (
    id_number VARCHAR(18) NOT NULL,
    person INTEGER NOT NULL,
    name TEXT NOT NULL,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_alias PRIMARY KEY (id_number),
    CONSTRAINT ck_alias_id_number CHECK (length(id_number) = 18),
    CONSTRAINT fk_alias_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_alias_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_alias_person ON alias (person);

CREATE TABLE candidacy (
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    organization VARCHAR NOT NULL,
    state VARCHAR(10) NOT NULL,
    applied DATE,
    talked DATE,
    activist DATE,
    contact_1 TEXT,
    contact_2 TEXT,
    course_hours FLOAT,
    service_hours FLOAT,
    candidate DATE,
    reviewed DATE,
    notice_from DATE,
    notice_to DATE,
    introducer_1 TEXT,
    introducer_2 TEXT,
    form_given DATE,
    meeting DATE,
    due INTEGER,
    present INTEGER,
    in_favour INTEGER,
    approved DATE,
    approved_by TEXT,
    told DATE,
    oath DATE,
    filed DATE,
    route VARCHAR(20),
    closed DATE,
    reason TEXT,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_candidacy PRIMARY KEY (id),
    CONSTRAINT ck_candidacy_state CHECK (state IN ('open', 'admitted', 'refused', 'withdrawn')),
    CONSTRAINT ck_candidacy_route CHECK (route IN ('recommendation', 'points', 'appraisal')),
    CONSTRAINT ck_candidacy_closed CHECK ((state = 'open') = (closed IS NULL)),
    CONSTRAINT fk_candidacy_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_candidacy_organization FOREIGN KEY(organization) REFERENCES organization (code),
    CONSTRAINT fk_candidacy_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_candidacy_organization ON candidacy (organization);

CREATE INDEX ix_candidacy_person ON candidacy (person);

CREATE UNIQUE INDEX uq_candidacy_open ON candidacy (person) WHERE state = 'open';

CREATE TABLE certificate (
    serial VARCHAR(40) NOT NULL,
    person INTEGER NOT NULL,
    state VARCHAR(10) NOT NULL,
    issued DATE,
    copies INTEGER NOT NULL,
    replaces VARCHAR(40),
    reason TEXT,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_certificate PRIMARY KEY (serial),
    CONSTRAINT ck_certificate_state CHECK (state IN ('valid', 'replaced', 'recalled')),
    CONSTRAINT ck_certificate_copies CHECK (copies >= 1),
    CONSTRAINT ck_certificate_not_its_own CHECK (replaces <> serial),
    CONSTRAINT fk_certificate_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_certificate_replaces FOREIGN KEY(replaces) REFERENCES certificate (serial),
    CONSTRAINT fk_certificate_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_certificate_person ON certificate (person);

CREATE UNIQUE INDEX uq_certificate_valid ON certificate (person) WHERE state = 'valid';

CREATE TABLE discipline (
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    kind VARCHAR(20) NOT NULL,
    since DATE NOT NULL,
    authority TEXT NOT NULL,
    until DATE,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_discipline PRIMARY KEY (id),
    CONSTRAINT ck_discipline_kind CHECK (kind IN ('warning', 'serious warning', 'removal from post', 'probation', 'expulsion')),
    CONSTRAINT ck_discipline_until_after_since CHECK (until >= since),
    CONSTRAINT fk_discipline_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_discipline_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_discipline_person ON discipline (person);

CREATE TABLE distinct_pair (
    id INTEGER NOT NULL,
    first INTEGER NOT NULL,
    second INTEGER NOT NULL,
    reason TEXT NOT NULL,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_distinct_pair PRIMARY KEY (id),
    CONSTRAINT uq_distinct_pair_first_second UNIQUE (first, second),
    CONSTRAINT ck_distinct_pair_in_order CHECK (first < second),
    CONSTRAINT fk_distinct_pair_first FOREIGN KEY(first) REFERENCES person (id),
    CONSTRAINT fk_distinct_pair_second FOREIGN KEY(second) REFERENCES person (id),
    CONSTRAINT fk_distinct_pair_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_distinct_pair_second ON distinct_pair (second);

CREATE TABLE form (
    serial VARCHAR(40) NOT NULL,
    person INTEGER NOT NULL,
    state VARCHAR(10) NOT NULL,
    received DATE,
    sha256 VARCHAR(64),
    size INTEGER,
    pages INTEGER,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_form PRIMARY KEY (serial),
    CONSTRAINT ck_form_state CHECK (state IN ('valid', 'void')),
    CONSTRAINT ck_form_size CHECK (size > 0 AND pages > 0),
    CONSTRAINT ck_form_scan CHECK ((sha256 IS NULL) = (size IS NULL)),
    CONSTRAINT fk_form_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_form_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_form_person ON form (person);

CREATE UNIQUE INDEX uq_form_sha256 ON form (sha256) WHERE sha256 IS NOT NULL;

CREATE UNIQUE INDEX uq_form_valid ON form (person) WHERE state = 'valid';

CREATE TABLE membership (
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    organization VARCHAR NOT NULL,
    joined DATE,
    joined_precision VARCHAR(5) NOT NULL,
    entry VARCHAR(12) NOT NULL,
    "left" DATE,
    leaving_reason VARCHAR(12),
    since DATE,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_membership PRIMARY KEY (id),
    CONSTRAINT ck_membership_joined_precision CHECK (joined_precision IN ('day', 'month')),
    CONSTRAINT ck_membership_entry CHECK (entry IN ('admitted', 'recorded', 'transferred', 'moved', 'restored')),
    CONSTRAINT ck_membership_leaving_reason CHECK (leaving_reason IN ('age', 'transferred', 'moved', 'resigned', 'removed', 'expelled', 'deceased', 'other')),
    CONSTRAINT ck_membership_left_after_joined CHECK ("left" >= joined),
    CONSTRAINT ck_membership_since_between CHECK (since >= joined AND "left" >= since),
    CONSTRAINT ck_membership_reason_with_day CHECK (leaving_reason IS NULL OR "left" IS NOT NULL),
    CONSTRAINT fk_membership_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_membership_organization FOREIGN KEY(organization) REFERENCES organization (code),
    CONSTRAINT fk_membership_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_membership_organization ON membership (organization);

CREATE INDEX ix_membership_person ON membership (person);

CREATE UNIQUE INDEX uq_membership_open ON membership (person) WHERE "left" IS NULL;

CREATE TABLE milestone (
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    kind VARCHAR(24) NOT NULL,
    day DATE NOT NULL,
    organization VARCHAR,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_milestone PRIMARY KEY (id),
    CONSTRAINT uq_milestone_person_kind UNIQUE (person, kind),
    CONSTRAINT ck_milestone_kind CHECK (kind IN ('recommended to league', 'recommended to party', 'applied to party', 'joined party', 'lost contact')),
    CONSTRAINT fk_milestone_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_milestone_organization FOREIGN KEY(organization) REFERENCES organization (code),
    CONSTRAINT fk_milestone_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_milestone_day ON milestone (day);

CREATE TABLE organization_event (
    id INTEGER NOT NULL,
    organization VARCHAR NOT NULL,
    kind VARCHAR(12) NOT NULL,
    day DATE NOT NULL,
    "before" TEXT,
    "after" TEXT,
    authority TEXT,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_organization_event PRIMARY KEY (id),
    CONSTRAINT ck_organization_event_kind CHECK (kind IN ('founded', 'renamed', 'moved', 'merged', 'split', 'retyped', 'elected', 'closed')),
    CONSTRAINT fk_organization_event_organization FOREIGN KEY(organization) REFERENCES organization (code),
    CONSTRAINT fk_organization_event_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_organization_event_organization ON organization_event (organization);

CREATE TABLE post (
    id INTEGER NOT NULL,
    organization VARCHAR NOT NULL,
    title VARCHAR(20) NOT NULL,
    said TEXT NOT NULL,
    name TEXT NOT NULL,
    since DATE NOT NULL,
    person INTEGER,
    until DATE,
    basis VARCHAR(12),
    source TEXT,
    duty VARCHAR(3),
    reason TEXT,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_post PRIMARY KEY (id),
    CONSTRAINT uq_post_organization_said_name_since UNIQUE (organization, said, name, since),
    CONSTRAINT ck_post_title CHECK (title IN ('secretary', 'deputy secretary', 'committee member', 'other')),
    CONSTRAINT ck_post_basis CHECK (basis IN ('full-time', 'part-time', 'seconded')),
    CONSTRAINT ck_post_duty CHECK (duty IN ('on', 'off')),
    CONSTRAINT ck_post_until_after_since CHECK (until >= since),
    CONSTRAINT fk_post_organization FOREIGN KEY(organization) REFERENCES organization (code),
    CONSTRAINT fk_post_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_post_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_post_organization ON post (organization);

CREATE INDEX ix_post_person ON post (person);

CREATE TABLE quota (
    id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    organization VARCHAR NOT NULL,
    first VARCHAR(12) NOT NULL,
    last VARCHAR(12) NOT NULL,
    places INTEGER NOT NULL,
    parent INTEGER,
    authority TEXT,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_quota PRIMARY KEY (id),
    CONSTRAINT ck_quota_digits CHECK (length(first) = 12 AND length(last) = 12),
    CONSTRAINT ck_quota_places CHECK (places > 0 AND CAST(last AS BIGINT) - CAST(first AS BIGINT) + 1 = places),
    CONSTRAINT ck_quota_year CHECK (CAST(substr(first, 1, 4) AS INTEGER) = year AND CAST(substr(last, 1, 4) AS INTEGER) = year),
    CONSTRAINT fk_quota_organization FOREIGN KEY(organization) REFERENCES organization (code),
    CONSTRAINT fk_quota_parent FOREIGN KEY(parent) REFERENCES quota (id),
    CONSTRAINT fk_quota_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_quota_organization_year ON quota (organization, year);

CREATE INDEX ix_quota_parent ON quota (parent);

CREATE UNIQUE INDEX uq_quota_first ON quota (coalesce(parent, 0), first);

CREATE TABLE registration (
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    year INTEGER NOT NULL,
    grade VARCHAR(20),
    registered DATE,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_registration PRIMARY KEY (id),
    CONSTRAINT uq_registration_person_year UNIQUE (person, year),
    CONSTRAINT ck_registration_grade CHECK (grade IN ('excellent', 'qualified', 'barely qualified', 'unqualified')),
    CONSTRAINT fk_registration_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_registration_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE TABLE reported (
    id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    organization VARCHAR,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_reported PRIMARY KEY (id),
    CONSTRAINT fk_reported_organization FOREIGN KEY(organization) REFERENCES organization (code),
    CONSTRAINT fk_reported_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_reported_year ON reported (year);

CREATE TABLE review (
    id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    organization VARCHAR NOT NULL,
    name TEXT NOT NULL,
    grade VARCHAR(20) NOT NULL,
    person INTEGER,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_review PRIMARY KEY (id),
    CONSTRAINT uq_review_year_organization_name UNIQUE (year, organization, name),
    CONSTRAINT ck_review_grade CHECK (grade IN ('excellent', 'qualified', 'barely qualified', 'unqualified')),
    CONSTRAINT fk_review_organization FOREIGN KEY(organization) REFERENCES organization (code),
    CONSTRAINT fk_review_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_review_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_review_person ON review (person);

CREATE TABLE score (
    id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    organization VARCHAR NOT NULL,
    item TEXT NOT NULL,
    score FLOAT NOT NULL,
    "full" FLOAT,
    self_score FLOAT,
    veto TEXT,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_score PRIMARY KEY (id),
    CONSTRAINT uq_score_year_organization_item UNIQUE (year, organization, item),
    CONSTRAINT ck_score_marks CHECK (score >= 0 AND self_score >= 0 AND "full" > 0),
    CONSTRAINT fk_score_organization FOREIGN KEY(organization) REFERENCES organization (code),
    CONSTRAINT fk_score_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE TABLE survey (
    id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    organization VARCHAR NOT NULL,
    stage VARCHAR(20) NOT NULL,
    students INTEGER,
    youth INTEGER,
    members INTEGER,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_survey PRIMARY KEY (id),
    CONSTRAINT uq_survey_year_organization_stage UNIQUE (year, organization, stage),
    CONSTRAINT ck_survey_stage CHECK (stage IN ('junior graduating', 'senior graduating', 'junior middle', 'senior middle', 'vocational', 'youth')),
    CONSTRAINT ck_survey_counts CHECK (students >= 0 AND youth >= 0 AND members >= 0),
    CONSTRAINT fk_survey_organization FOREIGN KEY(organization) REFERENCES organization (code),
    CONSTRAINT fk_survey_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE TABLE trainee (
    id INTEGER NOT NULL,
    training INTEGER NOT NULL,
    name TEXT NOT NULL,
    person INTEGER,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_trainee PRIMARY KEY (id),
    CONSTRAINT uq_trainee_training_person UNIQUE (training, person),
    CONSTRAINT fk_trainee_training FOREIGN KEY(training) REFERENCES training (id),
    CONSTRAINT fk_trainee_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_trainee_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_trainee_person ON trainee (person);

CREATE INDEX ix_trainee_training ON trainee (training);

CREATE TABLE transfer (
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    state VARCHAR(10) NOT NULL,
    requested DATE NOT NULL,
    source VARCHAR,
    origin TEXT,
    target VARCHAR,
    destination TEXT,
    settled DATE,
    reason TEXT,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_transfer PRIMARY KEY (id),
    CONSTRAINT ck_transfer_state CHECK (state IN ('pending', 'accepted', 'refused', 'lapsed')),
    CONSTRAINT ck_transfer_settled_after_requested CHECK (settled >= requested),
    CONSTRAINT ck_transfer_settled CHECK ((state = 'pending') = (settled IS NULL)),
    CONSTRAINT ck_transfer_from CHECK ((source IS NULL) <> (origin IS NULL)),
    CONSTRAINT ck_transfer_to CHECK ((target IS NULL) <> (destination IS NULL)),
    CONSTRAINT ck_transfer_ours CHECK (source IS NOT NULL OR target IS NOT NULL),
    CONSTRAINT fk_transfer_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_transfer_source FOREIGN KEY(source) REFERENCES organization (code),
    CONSTRAINT fk_transfer_target FOREIGN KEY(target) REFERENCES organization (code),
    CONSTRAINT fk_transfer_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_transfer_person ON transfer (person);

CREATE UNIQUE INDEX uq_transfer_pending ON transfer (person) WHERE state = 'pending';

CREATE TABLE coverage (
    id INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    organization VARCHAR NOT NULL,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_coverage PRIMARY KEY (id),
    CONSTRAINT uq_coverage_activity_organization UNIQUE (activity, organization),
    CONSTRAINT fk_coverage_activity FOREIGN KEY(activity) REFERENCES activity (id),
    CONSTRAINT fk_coverage_organization FOREIGN KEY(organization) REFERENCES organization (code),
    CONSTRAINT fk_coverage_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_coverage_organization ON coverage (organization);

CREATE TABLE number (
    number VARCHAR(20) NOT NULL,
    year INTEGER NOT NULL,
    state VARCHAR(10) NOT NULL,
    quota INTEGER,
    person INTEGER,
    reason TEXT,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_number PRIMARY KEY (number),
    CONSTRAINT ck_number_state CHECK (state IN ('free', 'used', 'void', 'foreign')),
    CONSTRAINT ck_number_held CHECK ((state IN ('used', 'foreign')) = (person IS NOT NULL)),
    CONSTRAINT ck_number_void_says_why CHECK ((state = 'void') = (reason IS NOT NULL)),
    CONSTRAINT ck_number_foreign CHECK ((state = 'foreign') = (quota IS NULL)),
    CONSTRAINT ck_number_year CHECK (CAST(substr(number, 1, 4) AS INTEGER) = year),
    CONSTRAINT ck_number_digits CHECK (quota IS NULL OR length(number) = 12),
    CONSTRAINT fk_number_quota FOREIGN KEY(quota) REFERENCES quota (id),
    CONSTRAINT fk_number_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_number_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_number_quota_state ON number (quota, state, number);

CREATE UNIQUE INDEX uq_number_person ON number (person) WHERE person IS NOT NULL;

CREATE TABLE admission (
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    organization VARCHAR NOT NULL,
    number VARCHAR(20) NOT NULL,
    form VARCHAR(40) NOT NULL,
    certificate VARCHAR(40),
    applied DATE NOT NULL,
    activist DATE NOT NULL,
    meeting DATE NOT NULL,
    approved DATE NOT NULL,
    course_hours FLOAT NOT NULL,
    introducer_1 TEXT NOT NULL,
    introducer_2 TEXT NOT NULL,
    due INTEGER NOT NULL,
    present INTEGER NOT NULL,
    in_favour INTEGER NOT NULL,
    talked DATE,
    service_hours FLOAT,
    candidate DATE,
    notice_from DATE,
    notice_to DATE,
    approved_by TEXT,
    route VARCHAR(20),
    beyond TEXT,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_admission PRIMARY KEY (id),
    CONSTRAINT ck_admission_route CHECK (route IN ('recommendation', 'points', 'appraisal')),
    CONSTRAINT ck_admission_dates CHECK (applied <= meeting AND meeting <= approved),
    CONSTRAINT ck_admission_two_introducers CHECK (introducer_1 <> introducer_2),
    CONSTRAINT ck_admission_votes CHECK (in_favour <= present AND present <= due),
    CONSTRAINT uq_admission_person UNIQUE (person),
    CONSTRAINT fk_admission_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_admission_organization FOREIGN KEY(organization) REFERENCES organization (code),
    CONSTRAINT uq_admission_number UNIQUE (number),
    CONSTRAINT fk_admission_number FOREIGN KEY(number) REFERENCES number (number),
    CONSTRAINT uq_admission_form UNIQUE (form),
    CONSTRAINT fk_admission_form FOREIGN KEY(form) REFERENCES form (serial),
    CONSTRAINT uq_admission_certificate UNIQUE (certificate),
    CONSTRAINT fk_admission_certificate FOREIGN KEY(certificate) REFERENCES certificate (serial),
    CONSTRAINT fk_admission_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE INDEX ix_admission_meeting ON admission (meeting);

CREATE INDEX ix_admission_organization ON admission (organization);

CREATE TABLE dispute (
    id INTEGER NOT NULL,
    number VARCHAR(20) NOT NULL,
    claim TEXT NOT NULL,
    opened DATE NOT NULL,
    claimant INTEGER,
    reason TEXT,
    settled DATE,
    outcome TEXT,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_dispute PRIMARY KEY (id),
    CONSTRAINT ck_dispute_settled_after_opened CHECK (settled >= opened),
    CONSTRAINT ck_dispute_settled_says_how CHECK ((settled IS NULL) = (outcome IS NULL)),
    CONSTRAINT fk_dispute_number FOREIGN KEY(number) REFERENCES number (number),
    CONSTRAINT fk_dispute_claimant FOREIGN KEY(claimant) REFERENCES person (id),
    CONSTRAINT fk_dispute_operation FOREIGN KEY(operation) REFERENCES operation (id)
);

CREATE UNIQUE INDEX uq_dispute_open ON dispute (number) WHERE settled IS NULL;

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
