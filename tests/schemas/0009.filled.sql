PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
    day DATE,
    CONSTRAINT pk_operation PRIMARY KEY (id),
    CONSTRAINT fk_operation_undoes FOREIGN KEY(undoes) REFERENCES operation (id)
);
INSERT INTO operation VALUES(1,'2026-11-30T07:29:55+00:00','tester','import',NULL,NULL,'[{"file": "county.xlsx", "sha256": "748f02eb5222767db07461374a9e84cf6f9bbdee57c3cd4f8f5e17e1958461bc", "path": "/home/county/test_make_sqlite_0/county.xlsx", "sheet": "团组织", "header_row": 1, "kind": "organizations", "day": "2024-01-15", "columns": {"code": "A", "name": "B", "parent": "C", "type": "D", "domain": "E", "sector": "F"}}, {"file": "county.xlsx", "sha256": "748f02eb5222767db07461374a9e84cf6f9bbdee57c3cd4f8f5e17e1958461bc", "path": "/home/county/test_make_sqlite_0/county.xlsx", "sheet": "发展计划", "header_row": 1, "kind": "quotas", "day": "2024-01-15", "columns": {"year": "A", "organization": "B", "places": "C", "first": "D", "last": "E", "authority": "F"}}, {"file": "county.xlsx", "sha256": "748f02eb5222767db07461374a9e84cf6f9bbdee57c3cd4f8f5e17e1958461bc", "path": "/home/county/test_make_sqlite_0/county.xlsx", "sheet": "团员", "header_row": 1, "kind": "members", "day": "2024-01-15", "columns": {"name": "A", "id_number": "B", "organization": "C", "joined": "D", "number": "E", "certificate": "F", "certificate.serial": "F"}}, {"file": "county.xlsx", "sha256": "748f02eb5222767db07461374a9e84cf6f9bbdee57c3cd4f8f5e17e1958461bc", "path": "/home/county/test_make_sqlite_0/county.xlsx", "sheet": "发展团员", "header_row": 1, "kind": "admissions", "day": "2024-01-15", "columns": {"name": "A", "id_number": "B", "organization": "C", "applied": "D", "talked": "E", "activist": "F", "course_hours": "G", "candidate": "H", "introducer_1": "I", "introducer_2": "J", "meeting": "K", "due": "L", "present": "M", "in_favour": "N", "approved": "O", "number": "P", "certificate": "Q", "membership.joined": "K", "certificate.serial": "Q"}}]','{"read": 15, "created": 15, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(2,'2026-11-30T07:29:55+00:00','tester','case open',NULL,NULL,'[]','{"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(3,'2026-11-30T07:29:55+00:00','tester','member transfer',NULL,NULL,'[]','{"created": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(4,'2026-11-30T07:29:55+00:00','tester','member transfer',NULL,NULL,'[]','{"created": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(5,'2026-11-30T07:29:55+00:00','tester','member leave',NULL,NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(6,'2026-11-30T07:29:55+00:00','tester','post appoint',NULL,NULL,'[]','{"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(7,'2026-11-30T07:29:56+00:00','tester','certificate recall','填错','1号','[]','{"updated": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(8,'2026-11-30T07:29:56+00:00','tester','post appoint',NULL,NULL,'[]','{"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(9,'2026-11-30T07:29:56+00:00','tester','member edit',NULL,NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(10,'2026-11-30T07:29:56+00:00','tester','import',NULL,NULL,'[{"file": "roster.xlsx", "sha256": "a8ef14b4bd4ee7a170af7025da80fe8e9d97ac3d2b97a2c5fdd20a6954b530a2", "path": "/home/county/test_make_sqlite_0/roster.xlsx", "sheet": "团员", "header_row": 1, "kind": "members", "day": "2024-01-15", "columns": {"name": "A", "id_number": "B", "organization": "C", "joined": "D", "number": "E", "certificate": "F", "certificate.serial": "F"}}]','{"read": 1, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(11,'2026-11-30T07:29:56+00:00','tester','admit',NULL,NULL,'[{"file": "candidate.xlsx", "sha256": "f00507ba9616175eeeaf7667384bafbb706be4a52da092ffcdd6ff95921d4739", "path": "/home/county/test_make_sqlite_0/candidate.xlsx", "sheet": "发展团员", "header_row": 1, "kind": "admissions", "day": "2024-01-15", "columns": {"name": "A", "id_number": "B", "organization": "C", "applied": "D", "talked": "E", "activist": "F", "course_hours": "G", "candidate": "H", "introducer_1": "I", "introducer_2": "J", "meeting": "K", "due": "L", "present": "M", "in_favour": "N", "approved": "O", "number": "P", "certificate": "Q", "membership.joined": "K", "certificate.serial": "Q"}}]','{"read": 1, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(12,'2026-11-30T07:29:57+00:00','tester','case open',NULL,NULL,'[]','{"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(13,'2026-11-30T07:29:57+00:00','tester','case advance',NULL,NULL,'[]','{"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(14,'2026-11-30T07:29:57+00:00','tester','case close','转学',NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(15,'2026-11-30T07:29:57+00:00','tester','quota set',NULL,NULL,'[]','{"quotas": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(16,'2026-11-30T07:29:57+00:00','tester','quota move',NULL,NULL,'[]','{"quotas": 2}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(17,'2026-11-30T07:29:57+00:00','tester','form receive',NULL,NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(18,'2026-11-30T07:29:58+00:00','tester','certificate issue',NULL,NULL,'[]','{"created": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(19,'2026-11-30T07:29:58+00:00','tester','certificate reissue','遗失',NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(20,'2026-11-30T07:29:58+00:00','tester','certificate recall','除名','1号','[]','{"updated": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(21,'2026-11-30T07:29:58+00:00','tester','number dispute',NULL,NULL,'[]','{"numbers": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(22,'2026-11-30T07:29:58+00:00','tester','number settle',NULL,NULL,'[]','{"numbers": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(23,'2026-11-30T07:29:58+00:00','tester','member leave',NULL,NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(24,'2026-11-30T07:29:58+00:00','tester','member restore',NULL,'1号','[]','{"created": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(25,'2026-11-30T07:29:58+00:00','tester','member milestone',NULL,NULL,'[]','{"created": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(26,'2026-11-30T07:29:58+00:00','tester','member register',NULL,NULL,'[]','{"created": 5}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(27,'2026-11-30T07:29:59+00:00','tester','member edit',NULL,NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(28,'2026-11-30T07:29:59+00:00','tester','member merge','同一人',NULL,'[]','{"updated": 1, "rows_removed": 1, "created": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(29,'2026-11-30T07:29:59+00:00','tester','transfer graduates',NULL,NULL,'[]','{"created": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(30,'2026-11-30T07:29:59+00:00','tester','transfer accept',NULL,NULL,'[]','{"updated": 2, "created": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(31,'2026-11-30T07:29:59+00:00','tester','transfer lapse',NULL,NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(32,'2026-11-30T07:29:59+00:00','tester','dup ignore','两人',NULL,'[]','{"created": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(33,'2026-11-30T07:29:59+00:00','tester','org add',NULL,NULL,'[]','{"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(34,'2026-11-30T07:29:59+00:00','tester','org rename',NULL,NULL,'[]','{"updated": 1, "created": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(35,'2026-11-30T07:29:59+00:00','tester','org move',NULL,NULL,'[]','{"updated": 1, "created": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(36,'2026-11-30T07:29:59+00:00','tester','org close',NULL,NULL,'[]','{"updated": 7, "created": 4}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(37,'2026-11-30T07:29:59+00:00','tester','org graduate',NULL,NULL,'[]','{"updated": 7, "created": 5}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(38,'2026-11-30T07:29:59+00:00','tester','post appoint',NULL,NULL,'[]','{"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(39,'2026-11-30T07:30:00+00:00','tester','policy set',NULL,NULL,'[{"file": "policy.toml", "sha256": "fd9d551785f74ba9b70d9db8ad376937a48f31ff9d3102ad20f22b02201a8a82"}]','{}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(40,'2026-11-30T07:30:00+00:00','tester','year close',NULL,NULL,'[]','{"figures": 41}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(41,'2026-11-30T07:30:00+00:00','tester','assert',NULL,NULL,'[]','{"figures": 1}','0.1.0',NULL,'2024-01-15');
INSERT INTO operation VALUES(42,'2026-11-30T07:30:00+00:00','tester','undo',NULL,NULL,'[]','{"rows_removed": 1, "rows_changed": 0, "rows_restored": 0}','0.1.0',41,'2024-01-15');
INSERT INTO operation VALUES(43,'2026-11-30T07:30:00+00:00','tester','undo',NULL,NULL,'[]','{"rows_removed": 1, "rows_changed": 0, "rows_restored": 0}','0.1.0',38,'2024-01-15');
INSERT INTO operation VALUES(44,'2026-11-30T07:30:00+00:00','tester','member show --reveal','核对',NULL,'[{"revealed": "#1"}]','{"people": 1}','0.1.0',NULL,'2024-01-15');
CREATE TABLE setting (
    "key" VARCHAR(32) NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY ("key")
);
INSERT INTO setting VALUES('province','65');
INSERT INTO setting VALUES('last_ids','{"membership": 4, "person": 7, "reported": 1, "post": 3}');
INSERT INTO setting VALUES('policy',replace('# 按国家规定\n','\n',char(10)));
CREATE TABLE closing (
    year INTEGER NOT NULL,
    day DATE NOT NULL,
    figures TEXT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_closing PRIMARY KEY (year),
    CONSTRAINT fk_closing_operation FOREIGN KEY(operation) REFERENCES operation (id)
);
INSERT INTO closing VALUES(2022,'2024-01-15','{"explained":{},"figures":[{"definition":"organisations founded by that day and not dissolved","key":"organizations.total","label":"organisations","unit":"organization","value":7},{"definition":"organisations of the sector village (农村)","key":"organizations.villages","label":"villages","unit":"organization","value":1},{"definition":"organisations of the sector community (城市社区)","key":"organizations.communities","label":"communities","unit":"organization","value":0},{"definition":"members at the end of the day before the year, with the branches of that day","key":"members.opening","label":"members at the beginning","unit":"person","value":5},{"definition":"people whose branch meeting admitted them within the year","key":"admissions.total","label":"admitted","unit":"person","value":0},{"definition":"members who came within the year by transfer, from elsewhere in the county, by restoration, or with a branch that was moved there; those admitted there are not counted","key":"members.transferred_in","label":"transferred in","unit":"person","value":0},{"definition":"members who left within the year by transfer (转出), for elsewhere in the county or with a branch that was moved away, and those admitted within the year whose membership is elsewhere","key":"members.transferred_out","label":"transferred out","unit":"person","value":0},{"definition":"members who left within the year for any reason other than a transfer or a move","key":"members.left","label":"left","unit":"person","value":0},{"definition":"members on that day: joined or moved there by then, and not left","key":"members.total","label":"members","unit":"person","value":5},{"definition":"admitted by organisations of the domain school","key":"admissions.school","label":"admitted in schools","unit":"person","value":0},{"definition":"admitted by organisations of any other domain than school","key":"admissions.society","label":"admitted in society","unit":"person","value":0},{"definition":"numbers in the blocks of the year, one for each place; null where there is no quota","key":"admissions.quota","label":"quota","unit":"place","value":null},{"definition":"numbers in the blocks of the year that nobody had and that were not void by that day; null where there is no quota","key":"admissions.quota_left","label":"places left","unit":"place","value":null},{"definition":"numbers that somebody had by that day ÷ numbers in the blocks of the year; null where there is no quota","key":"numbers.usage_rate","label":"numbers used","unit":"ratio","value":null},{"definition":"people who hold a post on that day, each counted once; people known by name alone are counted once in each organisation; null where no post is recorded","key":"cadres.total","label":"cadres","unit":"person","value":null},{"definition":"seats of secretaries (书记应配) in villages and communities that are held on that day ÷ those seats; a person who holds two fills two; null where no seats or no posts are recorded","key":"cadres.secretary_filled_rate","label":"secretaries in place","unit":"ratio","value":null},{"definition":"seats of committees (班子应配, including the secretary) in villages and communities that secretaries, deputies and committee members hold on that day ÷ those seats; a person who holds two fills two; null where no seats or no posts are recorded","key":"cadres.posts_filled_rate","label":"posts filled","unit":"ratio","value":null},{"definition":"people with a post in a village or community who are on duty ÷ people for whom it is recorded whether they are; null where it is recorded for nobody","key":"cadres.on_duty_rate","label":"cadres on duty","unit":"ratio","value":null},{"definition":"people who are deputy secretaries of the county''s own committee by secondment (挂职) on that day; null where no post is recorded","key":"cadres.seconded_deputies","label":"seconded deputies of the county","unit":"person","value":null},{"definition":"volunteers of the western plan (西部计划志愿者) who are part-time deputy secretaries of a township''s committee on that day, which is a committee of society directly below the county''s; null where no post is recorded","key":"cadres.volunteer_deputies","label":"volunteer deputies of townships","unit":"person","value":null},{"definition":"people who attended a drill (岗位大练兵) of the year, each counted once; people without an ID number are told apart by name; null where none is recorded","key":"training.drill_people","label":"people in drills","unit":"person","value":null},{"definition":"sessions of the year of basics (基础团务培训) and for young Marxists (青马工程); null where none is recorded","key":"training.sessions","label":"training courses","unit":"session","value":null},{"definition":"people who attended one of these sessions, each counted once; people without an ID number are told apart by name; null where none is recorded","key":"training.people","label":"people in these courses","unit":"person","value":null},{"definition":"activities of the year except seminars, lectures, online classes and joint meetings, which have their own figures; null where none is recorded","key":"activities.total","label":"activities","unit":"session","value":null},{"definition":"organisations covered by an activity of the year, including all below them; null where none is recorded","key":"activities.organizations","label":"organisations covered","unit":"organization","value":null},{"definition":"members, on that day, of the organisations covered by an activity of the year; null where there are none","key":"activities.members","label":"members covered","unit":"person","value":null},{"definition":"seminars (座谈会) of the year; null where none is recorded","key":"seminars.sessions","label":"seminars","unit":"session","value":null},{"definition":"attendances at the year''s seminars; a person who came twice is counted twice; null where none is recorded","key":"seminars.attendances","label":"attendances at seminars","unit":"attendance","value":null},{"definition":"lectures of the youth team (青年讲师团宣讲) in the year; null where none is recorded","key":"lectures.youth_team","label":"lectures of the youth team","unit":"session","value":null},{"definition":"lectures on the congress (二十大精神宣讲) in the year; null where none is recorded","key":"lectures.congress","label":"lectures on the congress","unit":"session","value":null},{"definition":"attendances at the year''s online classes (青年大学习, 红领巾爱学习); a person who came twice is counted twice; null where none is recorded","key":"online.attendances","label":"attendances online","unit":"attendance","value":null},{"definition":"members on that day of the schools surveyed in the year ÷ the students counted by the surveys (团学比例); an organisation above a surveyed one is left out; null where no students were counted","key":"ratios.member_student","label":"members to students","unit":"ratio","value":null},{"definition":"members on that day of the organisations surveyed in the year ÷ the young people of 14 to 28 counted by the surveys (团青比例); an organisation above a surveyed one is left out; null where no young people were counted","key":"ratios.member_youth","label":"members to young people","unit":"ratio","value":null},{"definition":"members on that day of graduating branches of junior middle schools ÷ the students counted there in the stage 初中毕业班; the cap is 30 % unless the county''s policy says otherwise; null where none were counted","key":"ratios.graduating_junior","label":"graduating from junior middle","unit":"ratio","value":null},{"definition":"members on that day of graduating branches of senior middle and vocational schools ÷ the students counted there in the stage 高中毕业班; the cap is 60 % unless the county''s policy says otherwise; null where none were counted","key":"ratios.graduating_senior","label":"graduating from senior middle","unit":"ratio","value":null},{"definition":"people admitted in the year by recommendation (推优入团) or recorded as recommended in it; null where no route is recorded","key":"paths.recommended_to_league","label":"recommended to the League","unit":"person","value":null},{"definition":"members recorded as having joined the Party in the year; null where nobody is recorded","key":"paths.joined_party","label":"joined the Party","unit":"person","value":null},{"definition":"organisations that have a score of the year; null where none is recorded","key":"assessment.organizations","label":"organisations assessed","unit":"organization","value":null},{"definition":"tasks of the reform plan due by the end of the year, or without a day, that were not done before it; null where none is recorded","key":"tasks.total","label":"tasks of the reform","unit":"task","value":null},{"definition":"of these tasks, those done by that day; null where there are none","key":"tasks.done","label":"tasks done","unit":"task","value":null},{"definition":"joint meetings of youth work (青年工作联席会) in the year; null where none is recorded","key":"meetings.joint","label":"joint meetings","unit":"session","value":null}],"organizations":{"C":{"members.opening":5,"members.total":5,"organizations.total":7,"organizations.villages":1},"S":{"members.opening":4,"members.total":4,"organizations.total":4},"S1":{"members.opening":3,"members.total":3,"organizations.total":1},"S2":{"organizations.total":1},"S3":{"members.opening":1,"members.total":1,"organizations.total":1},"T":{"members.opening":1,"members.total":1,"organizations.total":2,"organizations.villages":1},"T1":{"members.opening":1,"members.total":1,"organizations.total":1,"organizations.villages":1}},"year":2022}','df52a43313ab50aa2e4378d77a7055658c54c4c8949d7f39406d4c26430eded4',40);
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
INSERT INTO history VALUES(1,5,'membership','4','{"id": 4, "person": 4, "organization": "T1", "joined": "2012-05-04", "joined_precision": "day", "entry": "recorded", "left": null, "leaving_reason": null, "since": null, "operation": 1}',1);
INSERT INTO history VALUES(2,7,'certificate','20000001','{"serial": "20000001", "person": 1, "state": "valid", "issued": null, "copies": 1, "replaces": null, "reason": null, "operation": 1}',1);
INSERT INTO history VALUES(3,9,'person','3','{"id": 3, "name": "团员七", "id_number": "658899200603010030", "phone": null, "politics": null, "written": null, "operation": 1}',1);
INSERT INTO history VALUES(4,11,'number','202365000002','{"number": "202365000002", "year": 2023, "state": "free", "quota": 2, "person": null, "reason": null, "since": null, "operation": 1}',1);
INSERT INTO history VALUES(5,13,'candidacy','1','{"id": 1, "person": 6, "organization": "S1", "state": "open", "applied": "2023-09-10", "talked": null, "activist": null, "contact_1": null, "contact_2": null, "course_hours": null, "service_hours": null, "candidate": null, "reviewed": null, "notice_from": null, "notice_to": null, "introducer_1": null, "introducer_2": null, "form_given": null, "meeting": null, "due": null, "present": null, "in_favour": null, "approved": null, "approved_by": null, "told": null, "oath": null, "filed": null, "route": null, "closed": null, "reason": null, "operation": 2}',2);
INSERT INTO history VALUES(6,14,'candidacy','1','{"id": 1, "person": 6, "organization": "S1", "state": "open", "applied": "2023-09-10", "talked": "2023-10-01", "activist": null, "contact_1": null, "contact_2": null, "course_hours": null, "service_hours": null, "candidate": null, "reviewed": null, "notice_from": null, "notice_to": null, "introducer_1": null, "introducer_2": null, "form_given": null, "meeting": null, "due": null, "present": null, "in_favour": null, "approved": null, "approved_by": null, "told": null, "oath": null, "filed": null, "route": null, "closed": null, "reason": null, "operation": 13}',13);
INSERT INTO history VALUES(7,15,'number','202365000007','{"number": "202365000007", "year": 2023, "state": "free", "quota": 3, "person": null, "reason": null, "since": null, "operation": 1}',1);
INSERT INTO history VALUES(8,15,'quota','3','{"id": 3, "year": 2023, "organization": "T", "first": "202365000006", "last": "202365000007", "places": 2, "parent": 1, "authority": null, "operation": 1}',1);
INSERT INTO history VALUES(9,16,'number','202365000005','{"number": "202365000005", "year": 2023, "state": "free", "quota": 2, "person": null, "reason": null, "since": null, "operation": 1}',1);
INSERT INTO history VALUES(10,16,'quota','2','{"id": 2, "year": 2023, "organization": "S", "first": "202365000001", "last": "202365000005", "places": 5, "parent": 1, "authority": null, "operation": 1}',1);
INSERT INTO history VALUES(11,17,'form','202365000001','{"serial": "202365000001", "person": 5, "state": "valid", "received": null, "sha256": null, "size": null, "pages": null, "operation": 1}',1);
INSERT INTO history VALUES(12,19,'certificate','20000002','{"serial": "20000002", "person": 2, "state": "valid", "issued": null, "copies": 1, "replaces": null, "reason": null, "operation": 1}',1);
INSERT INTO history VALUES(13,20,'certificate','20000002','{"serial": "20000002", "person": 2, "state": "valid", "issued": "2024-01-15", "copies": 2, "replaces": null, "reason": "遗失", "operation": 19}',19);
INSERT INTO history VALUES(14,22,'dispute','1','{"id": 1, "number": "202365000001", "claim": "外人", "opened": "2024-01-15", "claimant": null, "reason": null, "settled": null, "outcome": null, "operation": 21}',21);
INSERT INTO history VALUES(15,23,'membership','1','{"id": 1, "person": 1, "organization": "S1", "joined": "2020-05-04", "joined_precision": "day", "entry": "recorded", "left": null, "leaving_reason": null, "since": null, "operation": 1}',1);
INSERT INTO history VALUES(16,27,'person','1','{"id": 1, "name": "团员丁", "id_number": "658899200603010014", "phone": null, "politics": null, "written": null, "operation": 1}',1);
INSERT INTO history VALUES(17,28,'post','2','{"id": 2, "organization": "S1", "title": "committee member", "said": "委员", "name": "测试七", "since": "2023-01-01", "person": 7, "until": null, "basis": null, "source": null, "duty": "on", "reason": null, "operation": 8}',8);
INSERT INTO history VALUES(18,28,'person','7','{"id": 7, "name": "测试七", "id_number": "658899200703010070", "phone": null, "politics": null, "written": null, "operation": 8}',8);
INSERT INTO history VALUES(19,30,'membership','5','{"id": 5, "person": 5, "organization": "S1", "joined": "2023-04-10", "joined_precision": "day", "entry": "admitted", "left": null, "leaving_reason": null, "since": null, "operation": 1}',1);
INSERT INTO history VALUES(20,30,'transfer','1','{"id": 1, "person": 5, "state": "pending", "requested": "2023-11-01", "source": "S1", "origin": null, "target": "T1", "destination": null, "settled": null, "reason": null, "operation": 3}',3);
INSERT INTO history VALUES(21,31,'transfer','2','{"id": 2, "person": 2, "state": "pending", "requested": "2023-06-01", "source": "S1", "origin": null, "target": null, "destination": "乙县一中", "settled": null, "reason": null, "operation": 4}',4);
INSERT INTO history VALUES(22,34,'organization','S1','{"code": "S1", "name": "云杉县第一中学高一（1）班团支部", "type": "branch", "parent": "S", "domain": "school", "sector": "senior middle", "secretary_seats": null, "committee_seats": null, "founded": null, "dissolved": null, "elected": null, "graduates": null, "operation": 1}',1);
INSERT INTO history VALUES(23,35,'organization','S1','{"code": "S1", "name": "新名团支部", "type": "branch", "parent": "S", "domain": "school", "sector": "senior middle", "secretary_seats": null, "committee_seats": null, "founded": null, "dissolved": null, "elected": null, "graduates": null, "operation": 34}',34);
INSERT INTO history VALUES(24,36,'membership','2','{"id": 2, "person": 2, "organization": "S1", "joined": "2020-05-04", "joined_precision": "day", "entry": "recorded", "left": null, "leaving_reason": null, "since": null, "operation": 1}',1);
INSERT INTO history VALUES(25,36,'membership','6','{"id": 6, "person": 8, "organization": "S1", "joined": "2020-05-04", "joined_precision": "day", "entry": "recorded", "left": null, "leaving_reason": null, "since": null, "operation": 10}',10);
INSERT INTO history VALUES(26,36,'membership','7','{"id": 7, "person": 9, "organization": "S1", "joined": "2023-04-10", "joined_precision": "day", "entry": "admitted", "left": null, "leaving_reason": null, "since": null, "operation": 11}',11);
INSERT INTO history VALUES(27,36,'candidacy','2','{"id": 2, "person": 10, "organization": "S1", "state": "open", "applied": "2023-09-10", "talked": null, "activist": null, "contact_1": null, "contact_2": null, "course_hours": null, "service_hours": null, "candidate": null, "reviewed": null, "notice_from": null, "notice_to": null, "introducer_1": null, "introducer_2": null, "form_given": null, "meeting": null, "due": null, "present": null, "in_favour": null, "approved": null, "approved_by": null, "told": null, "oath": null, "filed": null, "route": null, "closed": null, "reason": null, "operation": 12}',12);
INSERT INTO history VALUES(28,36,'post','1','{"id": 1, "organization": "S1", "title": "secretary", "said": "书记", "name": "测试一", "since": "2023-01-01", "person": null, "until": null, "basis": null, "source": null, "duty": "on", "reason": null, "operation": 6}',6);
INSERT INTO history VALUES(29,36,'post','2','{"id": 2, "organization": "S1", "title": "committee member", "said": "委员", "name": "测试七", "since": "2023-01-01", "person": 1, "until": null, "basis": null, "source": null, "duty": "on", "reason": null, "operation": 28}',28);
INSERT INTO history VALUES(30,36,'organization','S1','{"code": "S1", "name": "新名团支部", "type": "branch", "parent": "T", "domain": "school", "sector": "senior middle", "secretary_seats": null, "committee_seats": null, "founded": null, "dissolved": null, "elected": null, "graduates": null, "operation": 35}',35);
INSERT INTO history VALUES(31,37,'membership','10','{"id": 10, "person": 2, "organization": "S3", "joined": "2020-05-04", "joined_precision": "day", "entry": "moved", "left": null, "leaving_reason": null, "since": "2024-01-10", "operation": 36}',36);
INSERT INTO history VALUES(32,37,'membership','3','{"id": 3, "person": 3, "organization": "S3", "joined": "2020-05-04", "joined_precision": "day", "entry": "recorded", "left": null, "leaving_reason": null, "since": null, "operation": 1}',1);
INSERT INTO history VALUES(33,37,'membership','11','{"id": 11, "person": 8, "organization": "S3", "joined": "2020-05-04", "joined_precision": "day", "entry": "moved", "left": null, "leaving_reason": null, "since": "2024-01-10", "operation": 36}',36);
INSERT INTO history VALUES(34,37,'membership','12','{"id": 12, "person": 9, "organization": "S3", "joined": "2023-04-10", "joined_precision": "day", "entry": "moved", "left": null, "leaving_reason": null, "since": "2024-01-10", "operation": 36}',36);
INSERT INTO history VALUES(35,37,'transfer','3','{"id": 3, "person": 3, "state": "pending", "requested": "2024-01-10", "source": "S3", "origin": null, "target": null, "destination": "乙县一中", "settled": null, "reason": null, "operation": 29}',29);
INSERT INTO history VALUES(36,37,'candidacy','2','{"id": 2, "person": 10, "organization": "S3", "state": "open", "applied": "2023-09-10", "talked": null, "activist": null, "contact_1": null, "contact_2": null, "course_hours": null, "service_hours": null, "candidate": null, "reviewed": null, "notice_from": null, "notice_to": null, "introducer_1": null, "introducer_2": null, "form_given": null, "meeting": null, "due": null, "present": null, "in_favour": null, "approved": null, "approved_by": null, "told": null, "oath": null, "filed": null, "route": null, "closed": null, "reason": null, "operation": 36}',36);
INSERT INTO history VALUES(37,37,'organization','S3','{"code": "S3", "name": "云杉县第一中学高三（1）班团支部", "type": "graduating branch", "parent": "S", "domain": "school", "sector": "senior middle", "secretary_seats": null, "committee_seats": null, "founded": null, "dissolved": null, "elected": null, "graduates": null, "operation": 1}',1);
INSERT INTO history VALUES(38,42,'reported','1','{"id": 1, "year": 2023, "key": "members.total", "value": "4", "source": "年报", "organization": null, "operation": 41}',41);
INSERT INTO history VALUES(39,43,'post','3','{"id": 3, "organization": "S1", "title": "deputy secretary", "said": "副书记", "name": "测试二", "since": "2023-01-01", "person": null, "until": "2024-01-10", "basis": null, "source": null, "duty": "on", "reason": null, "operation": 38}',38);
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
INSERT INTO organization VALUES('C','共青团云杉县委员会','共青团云杉县委员会','committee',NULL,'society','government',NULL,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO organization VALUES('S','云杉县第一中学团委','云杉县第一中学团委','committee','C','school','senior middle',NULL,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO organization VALUES('S1','新名团支部','新名团支部','branch','T','school','senior middle',NULL,NULL,NULL,'2024-01-10',NULL,NULL,36);
INSERT INTO organization VALUES('S2','云杉县第一中学高一（2）班团支部','云杉县第一中学高一(2)班团支部','branch','S','school','senior middle',NULL,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO organization VALUES('T','白桦镇团委','白桦镇团委','committee','C','society','government',NULL,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO organization VALUES('T1','桥头村团支部','桥头村团支部','branch','T','society','village',NULL,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO organization VALUES('S3','云杉县第一中学高三（1）班团支部','云杉县第一中学高三(1)班团支部','graduating branch','S','school','senior middle',NULL,NULL,NULL,'2024-01-10',NULL,NULL,37);
INSERT INTO organization VALUES('O00001','新团支部','新团支部','branch','S','school','senior middle',NULL,NULL,'2024-01-15',NULL,NULL,NULL,33);
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
INSERT INTO person VALUES(1,'团员丁','658899200603010014','13900000001',NULL,NULL,27);
INSERT INTO person VALUES(2,'团员丂','658899200603010022',NULL,NULL,NULL,1);
INSERT INTO person VALUES(3,'团员七','658899200603010030','13900000000',NULL,NULL,9);
INSERT INTO person VALUES(4,'团员丄','658899199511200042',NULL,NULL,NULL,1);
INSERT INTO person VALUES(5,'测试丁','658899200703010011',NULL,NULL,NULL,1);
INSERT INTO person VALUES(6,'测试九','658899200703010097',NULL,NULL,NULL,2);
INSERT INTO person VALUES(8,'团员下','658899200603010110',NULL,NULL,NULL,10);
INSERT INTO person VALUES(9,'测试丂','65889920070301002X',NULL,NULL,NULL,11);
INSERT INTO person VALUES(10,'测试八','658899200703010089',NULL,NULL,NULL,12);
CREATE TABLE source_line (
    id INTEGER NOT NULL,
    operation INTEGER NOT NULL,
    source INTEGER NOT NULL,
    noun VARCHAR(32) NOT NULL,
    first_key INTEGER,
    last_key INTEGER,
    "key" VARCHAR(64),
    first_row INTEGER NOT NULL,
    fields TEXT,
    CONSTRAINT pk_source_line PRIMARY KEY (id),
    CONSTRAINT fk_source_line_operation FOREIGN KEY(operation) REFERENCES operation (id)
);
INSERT INTO source_line VALUES(1,1,0,'organization',NULL,NULL,'C',2,NULL);
INSERT INTO source_line VALUES(2,1,0,'organization',NULL,NULL,'S',3,NULL);
INSERT INTO source_line VALUES(3,1,0,'organization',NULL,NULL,'S1',4,NULL);
INSERT INTO source_line VALUES(4,1,0,'organization',NULL,NULL,'S2',5,NULL);
INSERT INTO source_line VALUES(5,1,0,'organization',NULL,NULL,'T',6,NULL);
INSERT INTO source_line VALUES(6,1,0,'organization',NULL,NULL,'T1',7,NULL);
INSERT INTO source_line VALUES(7,1,0,'organization',NULL,NULL,'S3',8,NULL);
INSERT INTO source_line VALUES(8,1,1,'quota',1,3,NULL,2,NULL);
INSERT INTO source_line VALUES(9,1,2,'person',1,4,NULL,2,NULL);
INSERT INTO source_line VALUES(10,1,2,'membership',1,4,NULL,2,NULL);
INSERT INTO source_line VALUES(11,1,3,'person',5,5,NULL,2,NULL);
INSERT INTO source_line VALUES(12,1,3,'membership',5,5,NULL,2,NULL);
INSERT INTO source_line VALUES(13,1,3,'admission',1,1,NULL,2,NULL);
INSERT INTO source_line VALUES(14,10,0,'person',8,8,NULL,2,NULL);
INSERT INTO source_line VALUES(15,10,0,'membership',6,6,NULL,2,NULL);
INSERT INTO source_line VALUES(16,11,0,'person',9,9,NULL,2,NULL);
INSERT INTO source_line VALUES(17,11,0,'membership',7,7,NULL,2,NULL);
INSERT INTO source_line VALUES(18,11,0,'admission',2,2,NULL,2,NULL);
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
INSERT INTO alias VALUES('658899200703010070',1,'测试七',28);
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
INSERT INTO candidacy VALUES(1,6,'S1','withdrawn','2023-09-10','2023-10-01',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2024-01-15','转学',14);
INSERT INTO candidacy VALUES(2,10,'T1','open','2023-09-10',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,37);
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
INSERT INTO certificate VALUES('20000001',1,'recalled',NULL,1,NULL,'填错',7);
INSERT INTO certificate VALUES('20000002',2,'recalled','2024-01-15',2,NULL,'除名',20);
INSERT INTO certificate VALUES('20000003',3,'valid',NULL,1,NULL,NULL,1);
INSERT INTO certificate VALUES('20000004',4,'valid',NULL,1,NULL,NULL,1);
INSERT INTO certificate VALUES('10000001',5,'valid',NULL,1,NULL,NULL,1);
INSERT INTO certificate VALUES('20000011',8,'valid',NULL,1,NULL,NULL,10);
INSERT INTO certificate VALUES('10000002',9,'valid',NULL,1,NULL,NULL,11);
INSERT INTO certificate VALUES('C-1',1,'valid','2024-01-15',1,NULL,NULL,18);
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
INSERT INTO distinct_pair VALUES(1,1,2,'两人',32);
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
INSERT INTO form VALUES('202065000001',1,'valid',NULL,NULL,NULL,NULL,1);
INSERT INTO form VALUES('202065000002',2,'valid',NULL,NULL,NULL,NULL,1);
INSERT INTO form VALUES('202065000003',3,'valid',NULL,NULL,NULL,NULL,1);
INSERT INTO form VALUES('202365000001',5,'valid','2024-01-15','bc9eb185742633fe9d88445d532c218a30b06669e92e80f80b3c48e087e4753b',1788,12,17);
INSERT INTO form VALUES('202065000011',8,'valid',NULL,NULL,NULL,NULL,10);
INSERT INTO form VALUES('202365000002',9,'valid',NULL,NULL,NULL,NULL,11);
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
INSERT INTO membership VALUES(1,1,'S1','2020-05-04','day','recorded','2024-01-10','resigned',NULL,23);
INSERT INTO membership VALUES(2,2,'S1','2020-05-04','day','recorded','2024-01-10','moved',NULL,36);
INSERT INTO membership VALUES(3,3,'S3','2020-05-04','day','recorded','2024-01-10','moved',NULL,37);
INSERT INTO membership VALUES(4,4,'T1','2012-05-04','day','recorded','2023-10-10','resigned',NULL,5);
INSERT INTO membership VALUES(5,5,'S1','2023-04-10','day','admitted','2024-01-10','moved',NULL,30);
INSERT INTO membership VALUES(6,8,'S1','2020-05-04','day','recorded','2024-01-10','moved',NULL,36);
INSERT INTO membership VALUES(7,9,'S1','2023-04-10','day','admitted','2024-01-10','moved',NULL,36);
INSERT INTO membership VALUES(8,4,'T1','2012-05-04','day','restored',NULL,NULL,'2024-01-10',24);
INSERT INTO membership VALUES(9,5,'T1','2023-04-10','day','moved',NULL,NULL,'2024-01-10',30);
INSERT INTO membership VALUES(10,2,'S3','2020-05-04','day','moved','2024-01-10','moved','2024-01-10',37);
INSERT INTO membership VALUES(11,8,'S3','2020-05-04','day','moved','2024-01-10','moved','2024-01-10',37);
INSERT INTO membership VALUES(12,9,'S3','2023-04-10','day','moved','2024-01-10','moved','2024-01-10',37);
INSERT INTO membership VALUES(13,2,'T1','2020-05-04','day','moved',NULL,NULL,'2024-01-10',37);
INSERT INTO membership VALUES(14,3,'T1','2020-05-04','day','moved',NULL,NULL,'2024-01-10',37);
INSERT INTO membership VALUES(15,8,'T1','2020-05-04','day','moved',NULL,NULL,'2024-01-10',37);
INSERT INTO membership VALUES(16,9,'T1','2023-04-10','day','moved',NULL,NULL,'2024-01-10',37);
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
INSERT INTO milestone VALUES(1,1,'joined party','2024-01-10','S1',25);
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
INSERT INTO organization_event VALUES(1,'S1','renamed','2024-01-10','云杉县第一中学高一（1）班团支部','新名团支部',NULL,34);
INSERT INTO organization_event VALUES(2,'S1','moved','2024-01-10','S','T',NULL,35);
INSERT INTO organization_event VALUES(3,'S1','closed','2024-01-10',NULL,'S3',NULL,36);
INSERT INTO organization_event VALUES(4,'S3','closed','2024-01-10',NULL,'T1',NULL,37);
CREATE TABLE paper_state (
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    paper VARCHAR(20) NOT NULL,
    state VARCHAR(16) NOT NULL,
    day DATE,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_paper_state PRIMARY KEY (id),
    CONSTRAINT uq_paper_state_person_paper UNIQUE (person, paper),
    CONSTRAINT ck_paper_state_paper CHECK (paper IN ('application', 'training record', 'form', 'registration form', 'certificate')),
    CONSTRAINT ck_paper_state_state CHECK (state IN ('on hand', 'absent', 'lost', 'being replaced')),
    CONSTRAINT fk_paper_state_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_paper_state_operation FOREIGN KEY(operation) REFERENCES operation (id)
);
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
INSERT INTO post VALUES(1,'S1','secretary','书记','测试一','2023-01-01',NULL,'2024-01-10',NULL,NULL,'on','closed',36);
INSERT INTO post VALUES(2,'S1','committee member','委员','测试七','2023-01-01',1,'2024-01-10',NULL,NULL,'on','closed',36);
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
INSERT INTO quota VALUES(1,2023,'C','202365000001','202365000010',10,NULL,'云团发〔2023〕1号',1);
INSERT INTO quota VALUES(2,2023,'S','202365000001','202365000004',4,1,NULL,16);
INSERT INTO quota VALUES(3,2023,'T','202365000006','202365000006',1,1,NULL,15);
INSERT INTO quota VALUES(4,2023,'T','202365000005','202365000005',1,1,NULL,16);
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
INSERT INTO registration VALUES(1,2,2023,NULL,'2024-01-10',26);
INSERT INTO registration VALUES(2,3,2023,NULL,'2024-01-10',26);
INSERT INTO registration VALUES(3,5,2023,NULL,'2024-01-10',26);
INSERT INTO registration VALUES(4,8,2023,NULL,'2024-01-10',26);
INSERT INTO registration VALUES(5,9,2023,NULL,'2024-01-10',26);
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
INSERT INTO transfer VALUES(1,5,'accepted','2023-11-01','S1',NULL,'T1',NULL,'2024-01-10',NULL,30);
INSERT INTO transfer VALUES(2,2,'lapsed','2023-06-01','S1',NULL,NULL,'乙县一中','2024-01-10',NULL,31);
INSERT INTO transfer VALUES(3,3,'pending','2024-01-10','T1',NULL,NULL,'乙县一中',NULL,NULL,37);
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
CREATE TABLE number (
    number VARCHAR(20) NOT NULL,
    year INTEGER NOT NULL,
    state VARCHAR(10) NOT NULL,
    quota INTEGER,
    person INTEGER,
    reason TEXT,
    since DATE,
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
INSERT INTO number VALUES('202365000001',2023,'used',2,5,NULL,NULL,1);
INSERT INTO number VALUES('202365000002',2023,'used',2,9,NULL,NULL,11);
INSERT INTO number VALUES('202365000003',2023,'free',2,NULL,NULL,NULL,1);
INSERT INTO number VALUES('202365000004',2023,'free',2,NULL,NULL,NULL,1);
INSERT INTO number VALUES('202365000005',2023,'free',4,NULL,NULL,NULL,16);
INSERT INTO number VALUES('202365000006',2023,'free',3,NULL,NULL,NULL,1);
INSERT INTO number VALUES('202365000007',2023,'free',1,NULL,NULL,NULL,15);
INSERT INTO number VALUES('202365000008',2023,'free',1,NULL,NULL,NULL,1);
INSERT INTO number VALUES('202365000009',2023,'free',1,NULL,NULL,NULL,1);
INSERT INTO number VALUES('202365000010',2023,'free',1,NULL,NULL,NULL,1);
INSERT INTO number VALUES('202065000001',2020,'foreign',NULL,1,NULL,NULL,1);
INSERT INTO number VALUES('202065000002',2020,'foreign',NULL,2,NULL,NULL,1);
INSERT INTO number VALUES('202065000003',2020,'foreign',NULL,3,NULL,NULL,1);
INSERT INTO number VALUES('202065000011',2020,'foreign',NULL,8,NULL,NULL,10);
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
INSERT INTO admission VALUES(1,5,'S1','202365000001','202365000001','10000001','2022-09-10','2022-10-10','2023-04-10','2023-04-20',8.0,'李介绍','王介绍',30,28,27,'2022-09-20',NULL,'2023-03-01',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO admission VALUES(2,9,'S1','202365000002','202365000002','10000002','2022-09-10','2022-10-10','2023-04-10','2023-04-20',8.0,'李介绍','王介绍',30,28,27,'2022-09-20',NULL,'2023-03-01',NULL,NULL,NULL,NULL,NULL,11);
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
INSERT INTO dispute VALUES(1,'202365000001','外人','2024-01-15',NULL,NULL,'2024-01-15','属前者',22);
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES('0009');
CREATE INDEX ix_operation_undoes ON operation (undoes);
CREATE INDEX ix_history_noun_key ON history (noun, "key");
CREATE INDEX ix_history_operation ON history (operation);
CREATE INDEX ix_history_written ON history (written);
CREATE INDEX ix_organization_folded ON organization (folded);
CREATE INDEX ix_organization_parent ON organization (parent);
CREATE UNIQUE INDEX uq_organization_name ON organization (coalesce(parent, ''), folded) WHERE dissolved IS NULL;
CREATE INDEX ix_person_born ON person (substr(id_number, 7, 8));
CREATE INDEX ix_person_name ON person (name);
CREATE INDEX ix_source_line_record ON source_line (operation, noun, first_key, "key");
CREATE INDEX ix_training_day ON training (day);
CREATE INDEX ix_activity_day ON activity (day);
CREATE INDEX ix_activity_organization ON activity (organization);
CREATE INDEX ix_alias_person ON alias (person);
CREATE INDEX ix_candidacy_organization ON candidacy (organization);
CREATE INDEX ix_candidacy_person ON candidacy (person);
CREATE UNIQUE INDEX uq_candidacy_open ON candidacy (person) WHERE state = 'open';
CREATE INDEX ix_certificate_person ON certificate (person);
CREATE UNIQUE INDEX uq_certificate_valid ON certificate (person) WHERE state = 'valid';
CREATE INDEX ix_discipline_person ON discipline (person);
CREATE INDEX ix_distinct_pair_second ON distinct_pair (second);
CREATE INDEX ix_form_person ON form (person);
CREATE UNIQUE INDEX uq_form_sha256 ON form (sha256) WHERE sha256 IS NOT NULL;
CREATE UNIQUE INDEX uq_form_valid ON form (person) WHERE state = 'valid';
CREATE INDEX ix_membership_organization ON membership (organization);
CREATE INDEX ix_membership_person ON membership (person);
CREATE UNIQUE INDEX uq_membership_open ON membership (person) WHERE "left" IS NULL;
CREATE INDEX ix_milestone_day ON milestone (day);
CREATE INDEX ix_organization_event_organization ON organization_event (organization);
CREATE INDEX ix_post_organization ON post (organization);
CREATE INDEX ix_post_person ON post (person);
CREATE INDEX ix_quota_organization_year ON quota (organization, year);
CREATE INDEX ix_quota_parent ON quota (parent);
CREATE UNIQUE INDEX uq_quota_first ON quota (coalesce(parent, 0), first);
CREATE INDEX ix_reported_year ON reported (year);
CREATE INDEX ix_review_person ON review (person);
CREATE INDEX ix_trainee_person ON trainee (person);
CREATE INDEX ix_trainee_training ON trainee (training);
CREATE INDEX ix_transfer_person ON transfer (person);
CREATE UNIQUE INDEX uq_transfer_pending ON transfer (person) WHERE state = 'pending';
CREATE INDEX ix_coverage_organization ON coverage (organization);
CREATE INDEX ix_number_quota_state ON number (quota, state, number);
CREATE UNIQUE INDEX uq_number_person ON number (person, year) WHERE person IS NOT NULL;
CREATE INDEX ix_admission_meeting ON admission (meeting);
CREATE INDEX ix_admission_organization ON admission (organization);
CREATE UNIQUE INDEX uq_dispute_open ON dispute (number) WHERE settled IS NULL;
COMMIT;
