PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE last_id (
    noun VARCHAR(32) NOT NULL,
    last INTEGER NOT NULL,
    CONSTRAINT pk_last_id PRIMARY KEY (noun)
);
INSERT INTO last_id VALUES('person',7);
INSERT INTO last_id VALUES('reported',1);
INSERT INTO last_id VALUES('post',3);
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
    digest VARCHAR(64),
    CONSTRAINT pk_operation PRIMARY KEY (id),
    CONSTRAINT fk_operation_undoes FOREIGN KEY(undoes) REFERENCES operation (id)
);
INSERT INTO operation VALUES(0,'2026-11-30T07:30:06+00:00','tester','init',NULL,NULL,'[]','{}','0.1.0',NULL,NULL,'cd8c1e8e5447cce5411fb8615f0f704307b64829217ffba7f1bb74d6e5dece32');
INSERT INTO operation VALUES(1,'2026-11-30T07:30:06+00:00','tester','import',NULL,NULL,'[{"file": "county.xlsx", "sha256": "0d568745f7db06a6e926d0811b74ff7e2b803f9f867661f738971dba5e9dbf5d", "path": "/home/county/test_make_sqlite_0/county.xlsx", "sheet": "团组织", "header_row": 1, "kind": "organizations", "day": "2024-01-15", "columns": {"code": "A", "name": "B", "parent": "C", "type": "D", "domain": "E", "sector": "F"}}, {"file": "county.xlsx", "sha256": "0d568745f7db06a6e926d0811b74ff7e2b803f9f867661f738971dba5e9dbf5d", "path": "/home/county/test_make_sqlite_0/county.xlsx", "sheet": "发展计划", "header_row": 1, "kind": "quotas", "day": "2024-01-15", "columns": {"year": "A", "organization": "B", "places": "C", "first": "D", "last": "E", "authority": "F"}}, {"file": "county.xlsx", "sha256": "0d568745f7db06a6e926d0811b74ff7e2b803f9f867661f738971dba5e9dbf5d", "path": "/home/county/test_make_sqlite_0/county.xlsx", "sheet": "团员", "header_row": 1, "kind": "members", "day": "2024-01-15", "columns": {"name": "A", "id_number": "B", "organization": "C", "joined": "D", "number": "E", "certificate": "F", "certificate.serial": "F"}}, {"file": "county.xlsx", "sha256": "0d568745f7db06a6e926d0811b74ff7e2b803f9f867661f738971dba5e9dbf5d", "path": "/home/county/test_make_sqlite_0/county.xlsx", "sheet": "发展团员", "header_row": 1, "kind": "admissions", "day": "2024-01-15", "columns": {"name": "A", "id_number": "B", "organization": "C", "applied": "D", "talked": "E", "activist": "F", "course_hours": "G", "candidate": "H", "introducer_1": "I", "introducer_2": "J", "meeting": "K", "due": "L", "present": "M", "in_favour": "N", "approved": "O", "number": "P", "certificate": "Q", "membership.joined": "K", "certificate.serial": "Q"}}]','{"read": 15, "created": 15, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15','8f46335b1ceab4b39b0b3ad3761cc6136a98ee7e2c224eaa78e2719f3af3278c');
INSERT INTO operation VALUES(2,'2026-11-30T07:30:06+00:00','tester','case open',NULL,NULL,'[]','{"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15','b0f49aed0f74b15c6bcdaf42d749e4eaa8b3227c3e10095522f8606865fc5812');
INSERT INTO operation VALUES(3,'2026-11-30T07:30:06+00:00','tester','member transfer',NULL,NULL,'[]','{"created": 1}','0.1.0',NULL,'2024-01-15','f88bacf75b10d558f257996f55a39c226ae9336f69b81fb9c2a1ef354c4f36eb');
INSERT INTO operation VALUES(4,'2026-11-30T07:30:06+00:00','tester','member transfer',NULL,NULL,'[]','{"created": 1}','0.1.0',NULL,'2024-01-15','767de3d41cf0adf396c4f5cdcad98b59d7104f467455e7943bfe3cc4adb96be3');
INSERT INTO operation VALUES(5,'2026-11-30T07:30:07+00:00','tester','member leave',NULL,NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15','009b276e4f651bcaad05d75c64e12f655439e71c9f26a44d65b175076d60badc');
INSERT INTO operation VALUES(6,'2026-11-30T07:30:07+00:00','tester','post appoint',NULL,NULL,'[]','{"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15','4f5b6000362eeb12b658dab45b42351b33362ae137dee53a17e9d15688dc6aa5');
INSERT INTO operation VALUES(7,'2026-11-30T07:30:07+00:00','tester','certificate recall','填错','1号','[]','{"updated": 1}','0.1.0',NULL,'2024-01-15','73d35410a94346a2205a3b6cc23016a0f4553d0eeb92079a7db2c72a415ee28e');
INSERT INTO operation VALUES(8,'2026-11-30T07:30:07+00:00','tester','post appoint',NULL,NULL,'[]','{"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15','ef4153b07fb36fe7145a301be1cb1d08d31dd034cd3111335920c56f15ef4fe8');
INSERT INTO operation VALUES(9,'2026-11-30T07:30:07+00:00','tester','member edit',NULL,NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15','8673d3da95848c09cb9c474bab0ccc92ac5f26f57e13fddd8ec48b99299a976a');
INSERT INTO operation VALUES(10,'2026-11-30T07:30:07+00:00','tester','import',NULL,NULL,'[{"file": "roster.xlsx", "sha256": "3bc0c63d3d5443765c06b2faee90c40da75041dab5fc55fd653ddf423efbc0d9", "path": "/home/county/test_make_sqlite_0/roster.xlsx", "sheet": "团员", "header_row": 1, "kind": "members", "day": "2024-01-15", "columns": {"name": "A", "id_number": "B", "organization": "C", "joined": "D", "number": "E", "certificate": "F", "certificate.serial": "F"}}]','{"read": 1, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15','97cd01c29d91ffee25315dfb0fc10b57febe668e7efe91f046ada58b7cd9d513');
INSERT INTO operation VALUES(11,'2026-11-30T07:30:07+00:00','tester','admit',NULL,NULL,'[{"file": "candidate.xlsx", "sha256": "1ff90038e59f3c2c558d7cbd6e35d6525469ec42f0d38efe2801ef784bebe573", "path": "/home/county/test_make_sqlite_0/candidate.xlsx", "sheet": "发展团员", "header_row": 1, "kind": "admissions", "day": "2024-01-15", "columns": {"name": "A", "id_number": "B", "organization": "C", "applied": "D", "talked": "E", "activist": "F", "course_hours": "G", "candidate": "H", "introducer_1": "I", "introducer_2": "J", "meeting": "K", "due": "L", "present": "M", "in_favour": "N", "approved": "O", "number": "P", "certificate": "Q", "membership.joined": "K", "certificate.serial": "Q"}}]','{"read": 1, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15','5943840cab0f2e134bea0e5318d0e7455cf32bfbd12f19a136750634e990b738');
INSERT INTO operation VALUES(12,'2026-11-30T07:30:08+00:00','tester','case open',NULL,NULL,'[]','{"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15','e5814fad7387e051cdb441efd5bcff6f7b0c56a55c0b3ffd3fccd96dbfd90d21');
INSERT INTO operation VALUES(13,'2026-11-30T07:30:08+00:00','tester','case advance',NULL,NULL,'[]','{"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15','1d787122a77ae54823dc97b54f673f0d599cd1737941158fb47d4c444a6409f4');
INSERT INTO operation VALUES(14,'2026-11-30T07:30:08+00:00','tester','case close','转学',NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15','4e1e9454f7f03b206fd4efac41b43f73f488c6edbc172f1513fc46c838ff07e8');
INSERT INTO operation VALUES(15,'2026-11-30T07:30:08+00:00','tester','quota set',NULL,NULL,'[]','{"quotas": 1}','0.1.0',NULL,'2024-01-15','941591ff2c3f30c6d55e27addba80a78b71f5798bde602de744c5f7addf96d05');
INSERT INTO operation VALUES(16,'2026-11-30T07:30:08+00:00','tester','quota move',NULL,NULL,'[]','{"quotas": 2}','0.1.0',NULL,'2024-01-15','7cfc4e26606c09718bc534216db7ee603e9581f97d38226ddc60a34b089423c9');
INSERT INTO operation VALUES(17,'2026-11-30T07:30:08+00:00','tester','form receive',NULL,NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15','a266ee5ea16582274a0397718d193ea4dc4663bbbdb7644c9919af415d447c02');
INSERT INTO operation VALUES(18,'2026-11-30T07:30:08+00:00','tester','certificate issue',NULL,NULL,'[]','{"created": 1}','0.1.0',NULL,'2024-01-15','680daa3a7465e688eb9f6631e08f3397147d964258c8fe9c78ec948116c49ba6');
INSERT INTO operation VALUES(19,'2026-11-30T07:30:08+00:00','tester','certificate reissue','遗失',NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15','b49f17392265f3896c865fbef185ec93957bd62e94f9937a9f4ec20ed3748ec3');
INSERT INTO operation VALUES(20,'2026-11-30T07:30:09+00:00','tester','certificate recall','除名','1号','[]','{"updated": 1}','0.1.0',NULL,'2024-01-15','2e90339415d4a50dca196203a437b7841ef811f576c21661d5f38db77860ba5f');
INSERT INTO operation VALUES(21,'2026-11-30T07:30:09+00:00','tester','number dispute',NULL,NULL,'[]','{"numbers": 1}','0.1.0',NULL,'2024-01-15','5ba7c535829e1c1ce871d973d8dcf4cc34ea322cb18d279807bf4750baaa5039');
INSERT INTO operation VALUES(22,'2026-11-30T07:30:09+00:00','tester','number settle',NULL,NULL,'[]','{"numbers": 1}','0.1.0',NULL,'2024-01-15','dc3b321b096aa80cb45dd29a6cde09ba9f5e2789910445ecfe50f0815d3c54d6');
INSERT INTO operation VALUES(23,'2026-11-30T07:30:09+00:00','tester','member leave',NULL,NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15','28ccacd67968dc8718d34e0533b0eadea91cf1cbb9fa50fb1e7f6999c2364e1a');
INSERT INTO operation VALUES(24,'2026-11-30T07:30:09+00:00','tester','member restore',NULL,'1号','[]','{"created": 1}','0.1.0',NULL,'2024-01-15','186ade8b01dae4a3cdfcc03038aee6df06d2090226153e71532d7d3160931f2c');
INSERT INTO operation VALUES(25,'2026-11-30T07:30:09+00:00','tester','member milestone',NULL,NULL,'[]','{"created": 1}','0.1.0',NULL,'2024-01-15','5edf6abc1d0ef0f04449bc0aa2369485dee69b9a9cbaff6601d73b5b8e69893d');
INSERT INTO operation VALUES(26,'2026-11-30T07:30:09+00:00','tester','member register',NULL,NULL,'[]','{"created": 5}','0.1.0',NULL,'2024-01-15','655d843a2e646f235ece65c09372c3abaa8127555747c6860220df86df106d08');
INSERT INTO operation VALUES(27,'2026-11-30T07:30:09+00:00','tester','member edit',NULL,NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15','fc0284d01d26ef98a5ffce535b6dc7408c8af74a1060df7786e43460e799d4bc');
INSERT INTO operation VALUES(28,'2026-11-30T07:30:09+00:00','tester','member merge','同一人',NULL,'[]','{"updated": 1, "rows_removed": 1, "created": 1}','0.1.0',NULL,'2024-01-15','936b2ee1729c718dd129a6b258afce5fc094849f5aee36ecca5315ccd7b9c902');
INSERT INTO operation VALUES(29,'2026-11-30T07:30:09+00:00','tester','transfer graduates',NULL,NULL,'[]','{"created": 1}','0.1.0',NULL,'2024-01-15','ca6cfe5061ed7b76f4fe67871fb872f7afa770605fb0ab3583b08903ea7abfcb');
INSERT INTO operation VALUES(30,'2026-11-30T07:30:09+00:00','tester','transfer accept',NULL,NULL,'[]','{"updated": 2, "created": 1}','0.1.0',NULL,'2024-01-15','f5701c6e439b8a2a1650fa7bb3c9dd9c78d11c8d38b898a6183347e34ffbba66');
INSERT INTO operation VALUES(31,'2026-11-30T07:30:09+00:00','tester','transfer lapse',NULL,NULL,'[]','{"updated": 1}','0.1.0',NULL,'2024-01-15','f32fa7ef4cbca5e4eaabe79ff380281a3db115da6b389bb8d416c9f599a6d3dd');
INSERT INTO operation VALUES(32,'2026-11-30T07:30:09+00:00','tester','dup ignore','两人',NULL,'[]','{"created": 1}','0.1.0',NULL,'2024-01-15','7a2c19cc2be4e7dc36d3a8d92c23d6a8833148ae573e913965679aabe637619b');
INSERT INTO operation VALUES(33,'2026-11-30T07:30:09+00:00','tester','org add',NULL,NULL,'[]','{"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15','ac1124084b76a7ae66edc0a987187b82c055cc2247ab88885b5548bd9ca93c73');
INSERT INTO operation VALUES(34,'2026-11-30T07:30:09+00:00','tester','org rename',NULL,NULL,'[]','{"updated": 1, "created": 1}','0.1.0',NULL,'2024-01-15','02e5cf65399a7fec6ed5a10f96ed39f5d2184c574cb4a6f3c9192bd20fcca57e');
INSERT INTO operation VALUES(35,'2026-11-30T07:30:09+00:00','tester','org move',NULL,NULL,'[]','{"updated": 1, "created": 1}','0.1.0',NULL,'2024-01-15','cb0febd602a4372fd9b80079c7d82b9344017bec5724fe25674d5fd84779e096');
INSERT INTO operation VALUES(36,'2026-11-30T07:30:10+00:00','tester','org close',NULL,NULL,'[]','{"updated": 7, "created": 4}','0.1.0',NULL,'2024-01-15','ac405afa7fd7a31e8f18e7ae5070818ec8e5d648e1c1c3e5578c2037551708a5');
INSERT INTO operation VALUES(37,'2026-11-30T07:30:10+00:00','tester','org graduate',NULL,NULL,'[]','{"updated": 7, "created": 5}','0.1.0',NULL,'2024-01-15','bf04afcd4ccf75a86cc92c6b7f9e3af655771434abb7ecf6d2fb1a32fcd683a7');
INSERT INTO operation VALUES(38,'2026-11-30T07:30:10+00:00','tester','post appoint',NULL,NULL,'[]','{"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}','0.1.0',NULL,'2024-01-15','a413a22c784fcd2add92f40025b84da57bf47d1ed43bb06e920bbbafe761c25c');
INSERT INTO operation VALUES(39,'2026-11-30T07:30:10+00:00','tester','policy set',NULL,NULL,'[{"file": "policy.toml", "sha256": "fd9d551785f74ba9b70d9db8ad376937a48f31ff9d3102ad20f22b02201a8a82"}]','{}','0.1.0',NULL,'2024-01-15','3c318842e6332de0a4f5c95559529d2af6b66ebe450f3dc1d114309c4cafcbd9');
INSERT INTO operation VALUES(40,'2026-11-30T07:30:10+00:00','tester','year close',NULL,NULL,'[]','{"figures": 41}','0.1.0',NULL,'2024-01-15','fec5c1012bd7535e8f1ddbb2567292923f559f672f01dbd3ebdce791fafe6127');
INSERT INTO operation VALUES(41,'2026-11-30T07:30:10+00:00','tester','assert',NULL,NULL,'[]','{"figures": 1}','0.1.0',NULL,'2024-01-15','462a08cc6052677f202780be4df654bdd96a97773016ab1c19f4fbe88cbba5ab');
INSERT INTO operation VALUES(42,'2026-11-30T07:30:10+00:00','tester','undo',NULL,NULL,'[]','{"rows_removed": 1, "rows_changed": 0, "rows_restored": 0}','0.1.0',41,'2024-01-15','8726de8046135343025d6da8e5cc8f10d262f34701aa5e53580071b805926927');
INSERT INTO operation VALUES(43,'2026-11-30T07:30:10+00:00','tester','undo',NULL,NULL,'[]','{"rows_removed": 1, "rows_changed": 0, "rows_restored": 0}','0.1.0',38,'2024-01-15','dff39c89820c5e7b5511bf208f8242d99fb36da02ec39a6ccb3ec5a5ebe5ccc8');
INSERT INTO operation VALUES(44,'2026-11-30T07:30:10+00:00','tester','member show --reveal','核对',NULL,'[{"revealed": "#1"}]','{"people": 1}','0.1.0',NULL,'2024-01-15','75df5f7256635be9a0a8f98326aeb5871f66665743110024368c03cadb6b09dc');
CREATE TABLE acceptance (
    id INTEGER NOT NULL,
    code VARCHAR(40) NOT NULL,
    subject TEXT NOT NULL,
    digest VARCHAR(64) NOT NULL,
    reason TEXT NOT NULL,
    day DATE NOT NULL,
    until DATE,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_acceptance PRIMARY KEY (id),
    CONSTRAINT uq_acceptance_digest UNIQUE (digest),
    CONSTRAINT ck_acceptance_until_after_day CHECK (until >= day),
    CONSTRAINT fk_acceptance_operation FOREIGN KEY(operation) REFERENCES operation (id)
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
INSERT INTO closing VALUES(2022,'2024-01-15','{"explained":{},"figures":[{"definition":"organisations founded by that day and not dissolved","key":"organizations.total","label":"organisations","unit":"organization","value":7},{"definition":"organisations of the sector village (农村)","key":"organizations.villages","label":"villages","unit":"organization","value":1},{"definition":"organisations of the sector community (城市社区)","key":"organizations.communities","label":"communities","unit":"organization","value":0},{"definition":"members at the end of the day before the year, with the branches of that day","key":"members.opening","label":"members at the beginning","unit":"person","value":5},{"definition":"people whose branch meeting admitted them within the year","key":"admissions.total","label":"admitted","unit":"person","value":0},{"definition":"members who came within the year by transfer, from elsewhere in the county, by restoration, or with a branch that was moved there; those admitted there are not counted","key":"members.transferred_in","label":"transferred in","unit":"person","value":0},{"definition":"members who left within the year by transfer (转出), for elsewhere in the county or with a branch that was moved away, and those admitted within the year whose membership is elsewhere","key":"members.transferred_out","label":"transferred out","unit":"person","value":0},{"definition":"members who left within the year for any reason other than a transfer or a move","key":"members.left","label":"left","unit":"person","value":0},{"definition":"members on that day: joined or moved there by then, and not left","key":"members.total","label":"members","unit":"person","value":5},{"definition":"admitted by organisations of the domain school","key":"admissions.school","label":"admitted in schools","unit":"person","value":0},{"definition":"admitted by organisations of any other domain than school","key":"admissions.society","label":"admitted in society","unit":"person","value":0},{"definition":"numbers in the blocks of the year, one for each place; null where there is no quota","key":"admissions.quota","label":"quota","unit":"place","value":null},{"definition":"numbers in the blocks of the year that nobody had and that were not void by that day; null where there is no quota","key":"admissions.quota_left","label":"places left","unit":"place","value":null},{"definition":"numbers that somebody had by that day ÷ numbers in the blocks of the year; null where there is no quota","key":"numbers.usage_rate","label":"numbers used","unit":"ratio","value":null},{"definition":"people who hold a post on that day, each counted once; people known by name alone are counted once in each organisation; null where no post is recorded","key":"cadres.total","label":"cadres","unit":"person","value":null},{"definition":"seats of secretaries (书记应配) in villages and communities that are held on that day ÷ those seats; a person who holds two fills two; null where no seats or no posts are recorded","key":"cadres.secretary_filled_rate","label":"secretaries in place","unit":"ratio","value":null},{"definition":"seats of committees (班子应配, including the secretary) in villages and communities that secretaries, deputies and committee members hold on that day ÷ those seats; a person who holds two fills two; null where no seats or no posts are recorded","key":"cadres.posts_filled_rate","label":"posts filled","unit":"ratio","value":null},{"definition":"people with a post in a village or community who are on duty ÷ people for whom it is recorded whether they are; null where it is recorded for nobody","key":"cadres.on_duty_rate","label":"cadres on duty","unit":"ratio","value":null},{"definition":"people who are deputy secretaries of the county''s own committee by secondment (挂职) on that day; null where no post is recorded","key":"cadres.seconded_deputies","label":"seconded deputies of the county","unit":"person","value":null},{"definition":"volunteers of the western plan (西部计划志愿者) who are part-time deputy secretaries of a township''s committee on that day, which is a committee of society directly below the county''s; null where no post is recorded","key":"cadres.volunteer_deputies","label":"volunteer deputies of townships","unit":"person","value":null},{"definition":"people who attended a drill (岗位大练兵) of the year, each counted once; people without an ID number are told apart by name; null where none is recorded","key":"training.drill_people","label":"people in drills","unit":"person","value":null},{"definition":"sessions of the year of basics (基础团务培训) and for young Marxists (青马工程); null where none is recorded","key":"training.sessions","label":"training courses","unit":"session","value":null},{"definition":"people who attended one of these sessions, each counted once; people without an ID number are told apart by name; null where none is recorded","key":"training.people","label":"people in these courses","unit":"person","value":null},{"definition":"activities of the year except seminars, lectures, online classes and joint meetings, which have their own figures; null where none is recorded","key":"activities.total","label":"activities","unit":"session","value":null},{"definition":"organisations covered by an activity of the year, including all below them; null where none is recorded","key":"activities.organizations","label":"organisations covered","unit":"organization","value":null},{"definition":"members, on that day, of the organisations covered by an activity of the year; null where there are none","key":"activities.members","label":"members covered","unit":"person","value":null},{"definition":"seminars (座谈会) of the year; null where none is recorded","key":"seminars.sessions","label":"seminars","unit":"session","value":null},{"definition":"attendances at the year''s seminars; a person who came twice is counted twice; null where none is recorded","key":"seminars.attendances","label":"attendances at seminars","unit":"attendance","value":null},{"definition":"lectures of the youth team (青年讲师团宣讲) in the year; null where none is recorded","key":"lectures.youth_team","label":"lectures of the youth team","unit":"session","value":null},{"definition":"lectures on the congress (二十大精神宣讲) in the year; null where none is recorded","key":"lectures.congress","label":"lectures on the congress","unit":"session","value":null},{"definition":"attendances at the year''s online classes (青年大学习, 红领巾爱学习); a person who came twice is counted twice; null where none is recorded","key":"online.attendances","label":"attendances online","unit":"attendance","value":null},{"definition":"members on that day of the schools surveyed in the year ÷ the students counted by the surveys (团学比例); an organisation above a surveyed one is left out; null where no students were counted","key":"ratios.member_student","label":"members to students","unit":"ratio","value":null},{"definition":"members on that day of the organisations surveyed in the year ÷ the young people of 14 to 28 counted by the surveys (团青比例); an organisation above a surveyed one is left out; null where no young people were counted","key":"ratios.member_youth","label":"members to young people","unit":"ratio","value":null},{"definition":"members on that day of graduating branches of junior middle schools ÷ the students counted there in the stage 初中毕业班; the cap is 30 % unless the county''s policy says otherwise; null where none were counted","key":"ratios.graduating_junior","label":"graduating from junior middle","unit":"ratio","value":null},{"definition":"members on that day of graduating branches of senior middle and vocational schools ÷ the students counted there in the stage 高中毕业班; the cap is 60 % unless the county''s policy says otherwise; null where none were counted","key":"ratios.graduating_senior","label":"graduating from senior middle","unit":"ratio","value":null},{"definition":"people admitted in the year by recommendation (推优入团) or recorded as recommended in it; null where no route is recorded","key":"paths.recommended_to_league","label":"recommended to the League","unit":"person","value":null},{"definition":"members recorded as having joined the Party in the year; null where nobody is recorded","key":"paths.joined_party","label":"joined the Party","unit":"person","value":null},{"definition":"organisations that have a score of the year; null where none is recorded","key":"assessment.organizations","label":"organisations assessed","unit":"organization","value":null},{"definition":"tasks of the reform plan due by the end of the year, or without a day, that were not done before it; null where none is recorded","key":"tasks.total","label":"tasks of the reform","unit":"task","value":null},{"definition":"of these tasks, those done by that day; null where there are none","key":"tasks.done","label":"tasks done","unit":"task","value":null},{"definition":"joint meetings of youth work (青年工作联席会) in the year; null where none is recorded","key":"meetings.joint","label":"joint meetings","unit":"session","value":null}],"organizations":{"C":{"members.opening":5,"members.total":5,"organizations.total":7,"organizations.villages":1},"S":{"members.opening":4,"members.total":4,"organizations.total":4},"S1":{"members.opening":3,"members.total":3,"organizations.total":1},"S2":{"organizations.total":1},"S3":{"members.opening":1,"members.total":1,"organizations.total":1},"T":{"members.opening":1,"members.total":1,"organizations.total":2,"organizations.villages":1},"T1":{"members.opening":1,"members.total":1,"organizations.total":1,"organizations.villages":1}},"year":2022}','df52a43313ab50aa2e4378d77a7055658c54c4c8949d7f39406d4c26430eded4',40);
CREATE TABLE content (
    id INTEGER NOT NULL,
    operation INTEGER NOT NULL,
    written INTEGER NOT NULL,
    noun VARCHAR(32) NOT NULL,
    size INTEGER NOT NULL,
    keys TEXT NOT NULL,
    digest VARCHAR(64) NOT NULL,
    fields TEXT NOT NULL,
    marks TEXT NOT NULL,
    CONSTRAINT pk_content PRIMARY KEY (id),
    CONSTRAINT fk_content_operation FOREIGN KEY(operation) REFERENCES operation (id),
    CONSTRAINT fk_content_written FOREIGN KEY(written) REFERENCES operation (id)
);
INSERT INTO content VALUES(1,0,0,'setting',1,'["province"]','bdb8ab37849250dac3ce96e1cebb4d37fc7b3f697652bd78b669a499ba3db5d9','{"key":"=4adad40b","value":"=9e7647a9"}','');
INSERT INTO content VALUES(2,0,0,'operation',1,'[0]','f9df8aef8e031dce4b2e639c0bc714f874c7be05919daeb0d355428d954af58e','{"actor":"=fc505645","at":"=31777ac6","command":"=c674e474","counts":"=a3a6bf43","id":"=f4dbdf21","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(3,1,1,'person',5,'[[1,5]]','b3aecf654b9cb1f9001985d2de017e272a2978c950941b1bb104190f039a7d55','{"id":"66e8855f","id_number":"744225be","name":"c99d196a"}','52OeJfYPHWfGKbPvS9GONdc+Ga0=');
INSERT INTO content VALUES(4,1,1,'form',4,'["202065000001","202065000002","202065000003","202365000001"]','28adb2bef7f3ae3fed44647cdb0472892e9f35a4bc8c2686246b0fc2874b4686','{"person":"cc0cba19","serial":"c062347b","state":"=8c0735ff"}','ZpogoAfuSEXnP0CvuCkBgA==');
INSERT INTO content VALUES(5,1,1,'number',13,'["202065000001","202065000002","202065000003","202365000001","202365000002","202365000003","202365000004","202365000005","202365000006","202365000007","202365000008","202365000009","202365000010"]','f2bfcf7408dc7dc61be5cf25067512e69dfe6c02fe4c4a5905ba9c85e5306e15','{"number":"325d30a2","person":"932ff890","quota":"8b2ecda5","state":"72e9c8e7","year":"94734676"}','Djdb5J5eFSfueS9mKy/Tt+G2Qy4JbbiXE2K5DPu5QrVCDLFlqtdK3PatrtAedlVp4PBPsQ==');
INSERT INTO content VALUES(6,1,1,'certificate',5,'["10000001","20000001","20000002","20000003","20000004"]','98f94cca549050990dd87f65b4eb22e7acd23ea0e8a2439126eafadafe275ba7','{"person":"ae1cf89b","serial":"98cf5f5d","copies":"=83dcefb7","state":"=8c0735ff"}','yM6uAFFpyofog/T1QNgxbZpWiRE=');
INSERT INTO content VALUES(7,1,1,'membership',5,'[[1,5]]','ce2cd4b4143fbcf8c766a841a3103812d86686c0237073c1aeed9a16237a237d','{"entry":"25f1f452","id":"66e8855f","joined":"74efad79","organization":"6ebd5e7e","person":"66e8855f","joined_precision":"=e5a02990"}','qHQE6ZZ+lyMtUbLQQ6bmoRlqA4s=');
INSERT INTO content VALUES(8,1,1,'quota',3,'[[1,3]]','97e65261bf941fa1ddc2696509a4f2d56353f52c39c53c3f90ec622c9778242b','{"authority":"fd7807c7","first":"bf764e2f","id":"a86fc95a","last":"4ea33e34","organization":"47a30896","parent":"47cad03e","places":"c545c33c","year":"=0dad3fc1"}','6FniLpm3j3IF6urJ');
INSERT INTO content VALUES(9,1,1,'organization',7,'["C","S","S1","S2","S3","T","T1"]','a53f881f49d8d7dc31414619bf6a87732195b108b7be3aa96d261fbf3f87da6e','{"code":"43397d0f","domain":"2ad72e51","name":"e81236a4","parent":"f6f40bfd","sector":"e1d63cf0","type":"09bb60b4"}','9uGpRtQaBYspmD2y/LgyvBQK2ow96kHgp5P5Bw==');
INSERT INTO content VALUES(10,1,1,'admission',1,'[1]','ca37150b4d089de373812b564ca0105a6b2a8ca64a3af37ef42ad6cfbcc3fe24','{"activist":"=5ee08708","applied":"=1e88e132","approved":"=61b86198","candidate":"=b95e0b35","certificate":"=7ba5bd0b","course_hours":"=fa005713","due":"=936b4763","form":"=966dcf26","id":"=83dcefb7","in_favour":"=1414e381","introducer_1":"=2b86c320","introducer_2":"=9cf1ce0c","meeting":"=4a95325b","number":"=966dcf26","organization":"=81911c52","person":"=84b12bae","present":"=84abfe10","talked":"=35a5b2f1"}','');
INSERT INTO content VALUES(11,1,1,'operation',1,'[1]','8ba4e557f765ae8d5b18a51091722a4f92c4dc935f546122cc4158a0ae0ccce1','{"actor":"=fc505645","at":"=31777ac6","command":"=9d4ece1d","counts":"=d3ed22b1","day":"=c8860868","id":"=83dcefb7","sources":"=2ee48102","version":"=2f9921b1"}','');
INSERT INTO content VALUES(12,1,1,'sourceline',13,'[[1,13]]','c2f417089d8aa3a9bc8b8faf646c3d509955bc35949eba329a7b324d87426e6a','{"first_key":"d456ffc4","first_row":"c16f9dd5","id":"318a0b12","key":"755adb60","last_key":"96a4a47b","noun":"69c88844","source":"26a9313a"}','DL8Yrh7KOjgqCj60xLssrCmR2XN5P8YFp4f2ozQmWzfsxnJc207FW2phBEIrVUW0VnuqTw==');
INSERT INTO content VALUES(13,2,2,'person',1,'[6]','9dd18fa3a61c7806ff4ebf81c865cdfbf1aea225e00f65b06cb038bdf2ca4bb9','{"id":"=1db87a14","id_number":"=c748b82b","name":"=2c8e884e"}','');
INSERT INTO content VALUES(14,2,2,'candidacy',1,'[1]','a01909e28a73b08b02ac5baeb40678cd3b7986397ac106cb2174d4d99970dff0','{"applied":"=b8ffea86","id":"=83dcefb7","organization":"=81911c52","person":"=1db87a14","state":"=a47083a4"}','');
INSERT INTO content VALUES(15,2,2,'operation',1,'[2]','a32355cb87184c274aaa4acaf1c8cab0bcd081bc766d82153ae6945ef472768d','{"actor":"=fc505645","at":"=31777ac6","command":"=5eea2e09","counts":"=e1e38460","day":"=c8860868","id":"=1ad5be0d","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(16,3,3,'transfer',1,'[1]','41098c65e9382011d5d574eead0a821b409287d2a43f14d4acf03049dd6eb86a','{"id":"=83dcefb7","person":"=84b12bae","requested":"=2e37ea0e","source":"=81911c52","state":"=d4d57ab9","target":"=ced08a95"}','');
INSERT INTO content VALUES(17,3,3,'operation',1,'[3]','8829ba952c57d2c41fe3008ec9c0d60ea682c0ba2cc63746c80016d2fc788ac0','{"actor":"=fc505645","at":"=31777ac6","command":"=98f30c2e","counts":"=b45899de","day":"=c8860868","id":"=6dd28e9b","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(18,4,4,'transfer',1,'[2]','287cff02838a307a3ece36163a48572f9de4d5e5c2b04fc0d7936aef8bd6cc88','{"destination":"=a3b85e3b","id":"=1ad5be0d","person":"=1ad5be0d","requested":"=8e80fb07","source":"=81911c52","state":"=d4d57ab9"}','');
INSERT INTO content VALUES(19,4,4,'operation',1,'[4]','ee835c04b3cc163618dd38b1da045738af8ca54759a4235b4f93e83ab52aa20d','{"actor":"=fc505645","at":"=31777ac6","command":"=98f30c2e","counts":"=b45899de","day":"=c8860868","id":"=f3b61b38","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(20,5,5,'membership',1,'[4]','904d0fb7c4e03f30af48bdfc592a4509a9d3dee2b4bd8d5ccd83564bf55ac914','{"entry":"=1b6686e6","id":"=f3b61b38","joined":"=c4a7ac31","joined_precision":"=e5a02990","leaving_reason":"=fda053a6","left":"=f8978cbc","organization":"=ced08a95","person":"=f3b61b38"}','');
INSERT INTO content VALUES(21,5,5,'operation',1,'[5]','3bd639b1e790348683718812c7fbab9835af4aec174398ff87995ce94ba66c9e','{"actor":"=fc505645","at":"=97007172","command":"=03e5aa37","counts":"=e0d3033d","day":"=c8860868","id":"=84b12bae","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(22,5,5,'history',1,'[1]','f5b3661c62fffbd66e7b6948804c6a7ba0135b7d043376f53943ca178e2e3217','{"before":"=0958f0d6","id":"=83dcefb7","key":"=f3b61b38","noun":"=86ffd285","written":"=83dcefb7"}','');
INSERT INTO content VALUES(23,6,6,'post',1,'[1]','3c47e1df1d30d50127a6181fda2e6b1bd123878374394177a26ce149a90a104e','{"duty":"=09b629c8","id":"=83dcefb7","name":"=5693d5d6","organization":"=81911c52","said":"=15d47778","since":"=1357c3be","title":"=83d203de"}','');
INSERT INTO content VALUES(24,6,6,'operation',1,'[6]','e1769b657b9129c9e9b487ecf46bb2c9bb24c128d3e43786107fe6c256d40d4b','{"actor":"=fc505645","at":"=97007172","command":"=8290a5d8","counts":"=e1e38460","day":"=c8860868","id":"=1db87a14","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(25,7,7,'certificate',1,'["20000001"]','11d1182c69b11d829b52caa9964830adb5e6eac95334f8c6d6d09eb7e0a4e6cb','{"copies":"=83dcefb7","person":"=83dcefb7","reason":"=1aab8c61","serial":"=f52abae8","state":"=1a834993"}','');
INSERT INTO content VALUES(26,7,7,'operation',1,'[7]','fbe6c40a88067f75c7c941079a2024b440eff19b4bf6dbb2b47d16d4853c216d','{"actor":"=fc505645","at":"=97007172","authority":"=2fe4f038","command":"=f7855503","counts":"=e0d3033d","day":"=c8860868","id":"=6abf4a82","reason":"=1aab8c61","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(27,7,7,'history',1,'[2]','a5dbedd604371962d946ccbb32473d0ee19c58bdcdd96233de65da31def7dbb8','{"before":"=488fc839","id":"=1ad5be0d","key":"=f52abae8","noun":"=219cda4a","written":"=83dcefb7"}','');
INSERT INTO content VALUES(28,8,8,'person',1,'[7]','6b638bc16c225e8b06081cd7affa76c1a92fc18a981fcecde5eb5be6f00a879e','{"id":"=6abf4a82","id_number":"=c7af0006","name":"=cf9a846c"}','');
INSERT INTO content VALUES(29,8,8,'post',1,'[2]','2dd78df94210094ad4b73fee39e15656c8e06bb5b862d3e6e8917a4b3daf67c4','{"duty":"=09b629c8","id":"=1ad5be0d","name":"=cf9a846c","organization":"=81911c52","person":"=6abf4a82","said":"=3ec9ac81","since":"=1357c3be","title":"=1cbaeb75"}','');
INSERT INTO content VALUES(30,8,8,'operation',1,'[8]','730fb4d5b96d87c1d78124d66b90972c9592034d640f605b96ef8b8525b5decc','{"actor":"=fc505645","at":"=97007172","command":"=8290a5d8","counts":"=e1e38460","day":"=c8860868","id":"=fa005713","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(31,9,9,'person',1,'[3]','1cef75e0b69e6cfa62633b2049305836ac4b9ed4ae3903b5005bbec3fa261f17','{"id":"=6dd28e9b","id_number":"=b4b8d141","name":"=102b7966","phone":"=261f38e8"}','');
INSERT INTO content VALUES(32,9,9,'operation',1,'[9]','20bc7b2d7b05794e05c91bf11002b142992e78b797f3be64934169382a614942','{"actor":"=fc505645","at":"=97007172","command":"=063f8558","counts":"=e0d3033d","day":"=c8860868","id":"=8d076785","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(33,9,9,'history',1,'[3]','ca094a805f172458fe13d74d61d06ba9a8681533aa60ff5885a11a04d41172e5','{"before":"=83eeeee6","id":"=6dd28e9b","key":"=6dd28e9b","noun":"=34dcd176","written":"=83dcefb7"}','');
INSERT INTO content VALUES(34,10,10,'person',1,'[8]','ff5126a4d05361829cad1e9010efa080d406244c303ab4f7a87fd0a96f07802c','{"id":"=fa005713","id_number":"=874cd9f4","name":"=1ef0f154"}','');
INSERT INTO content VALUES(35,10,10,'form',1,'["202065000011"]','2625649c31e157bae946f885c2de9c90d82ed8a31610c0ad9cdd6eb4638c4aec','{"person":"=fa005713","serial":"=b6fbc2a2","state":"=8c0735ff"}','');
INSERT INTO content VALUES(36,10,10,'number',1,'["202065000011"]','77986f2c3a39d24226ced93d945f06652443e86ad87fca70b13f22325f889f7d','{"number":"=b6fbc2a2","person":"=fa005713","state":"=c4f2ee20","year":"=94a46e7b"}','');
INSERT INTO content VALUES(37,10,10,'certificate',1,'["20000011"]','f5af57dfce7fef856b1b60c16bfa37f3a2da2506adf3cf1ac25e1495189406f0','{"copies":"=83dcefb7","person":"=fa005713","serial":"=ec318ba9","state":"=8c0735ff"}','');
INSERT INTO content VALUES(38,10,10,'membership',1,'[6]','5f745dc7e39f679e24cb9d3d99b2b8136dc94c2fb7e036cb8b99f36e2e5cdb7c','{"entry":"=1b6686e6","id":"=1db87a14","joined":"=ddb7bafb","joined_precision":"=e5a02990","organization":"=81911c52","person":"=fa005713"}','');
INSERT INTO content VALUES(39,10,10,'operation',1,'[10]','1eaf1bbe4b7759d3e2907649686b58f7f529abf55e58c7cbd2a1976b0c8703f3','{"actor":"=fc505645","at":"=97007172","command":"=9d4ece1d","counts":"=f557c23a","day":"=c8860868","id":"=a15d25e1","sources":"=814b3069","version":"=2f9921b1"}','');
INSERT INTO content VALUES(40,10,10,'sourceline',2,'[[14,15]]','67b3f941c4dfe3dce76d72d448d071625daa6ed8be395553b607cd207e104b83','{"first_key":"07b5779f","id":"28af6cc0","last_key":"07b5779f","noun":"9fd6827d","first_row":"=1ad5be0d","source":"=f4dbdf21"}','SeWnlYOO1VU=');
INSERT INTO content VALUES(41,11,11,'person',1,'[9]','8f63fcb2edc65c7b6cdd661a8c6abe6f3cc5c2ca3246e10d00630553a84e256d','{"id":"=8d076785","id_number":"=f9b11d29","name":"=b89db4fa"}','');
INSERT INTO content VALUES(42,11,11,'form',1,'["202365000002"]','2299cd76e2bc01df39246e202a4a640ae2913daf32de07a408a1ec8fcbb17a4b','{"person":"=8d076785","serial":"=0f649e9c","state":"=8c0735ff"}','');
INSERT INTO content VALUES(43,11,11,'number',1,'["202365000002"]','a0972170c42103dd9bca2da62ed5302430481474f2c7d24e009acf58be8a1b60','{"number":"=0f649e9c","person":"=8d076785","quota":"=1ad5be0d","state":"=79476318","year":"=0dad3fc1"}','');
INSERT INTO content VALUES(44,11,11,'certificate',1,'["10000002"]','c64a4b63d3d035fb00ecfde5305d3456a46d8f15e94a63dc8ae27c4fe20d3fcf','{"copies":"=83dcefb7","person":"=8d076785","serial":"=e2acecb1","state":"=8c0735ff"}','');
INSERT INTO content VALUES(45,11,11,'membership',1,'[7]','ab0b9e5c5831a628f4ccb93d31971f64f2f1bec2aacb5908421334438365291e','{"entry":"=c322d3e6","id":"=6abf4a82","joined":"=4a95325b","joined_precision":"=e5a02990","organization":"=81911c52","person":"=8d076785"}','');
INSERT INTO content VALUES(46,11,11,'admission',1,'[2]','5111f28fef9f09c55e94dc2ef1984593ec695b6815a791ce9bc08afa34743042','{"activist":"=5ee08708","applied":"=1e88e132","approved":"=61b86198","candidate":"=b95e0b35","certificate":"=e2acecb1","course_hours":"=fa005713","due":"=936b4763","form":"=0f649e9c","id":"=1ad5be0d","in_favour":"=1414e381","introducer_1":"=2b86c320","introducer_2":"=9cf1ce0c","meeting":"=4a95325b","number":"=0f649e9c","organization":"=81911c52","person":"=8d076785","present":"=84abfe10","talked":"=35a5b2f1"}','');
INSERT INTO content VALUES(47,11,11,'operation',1,'[11]','4e0b8ec06e84a06042e813f60b336b82f83f51b8527c38b754a1e62da67f489a','{"actor":"=fc505645","at":"=97007172","command":"=756cf40c","counts":"=f557c23a","day":"=c8860868","id":"=d65a1577","sources":"=5387660c","version":"=2f9921b1"}','');
INSERT INTO content VALUES(48,11,11,'history',1,'[4]','5030415eea6e40c71597f4c3598a2c9b6d156d87e2339377668ac8c399d7ad45','{"before":"=9cb68b47","id":"=f3b61b38","key":"=0f649e9c","noun":"=96901f54","written":"=83dcefb7"}','');
INSERT INTO content VALUES(49,11,11,'sourceline',3,'[[16,18]]','f49ca2ec19853f5804c22c5b1540db3d42b8e8d5f06867a2d323d6a54e43cbc8','{"first_key":"6af98a44","id":"6614bf1c","last_key":"6af98a44","noun":"5b11ae5b","first_row":"=1ad5be0d","source":"=f4dbdf21"}','b+xugALNuKhWoNcr');
INSERT INTO content VALUES(50,12,12,'person',1,'[10]','c230c404a40e9c9ac06cee97c44e9c865b71875b4d1ce7ee64050350e67c637d','{"id":"=a15d25e1","id_number":"=39eba46d","name":"=91050e1f"}','');
INSERT INTO content VALUES(51,12,12,'candidacy',1,'[2]','7bfe52b57bc4d9c36904742f8edc5acc15a0cb80911fa11d277d74672cdc819d','{"applied":"=b8ffea86","id":"=1ad5be0d","organization":"=81911c52","person":"=a15d25e1","state":"=a47083a4"}','');
INSERT INTO content VALUES(52,12,12,'operation',1,'[12]','721c6b23d25f9233fd8c809bd661960dcd16ecf433587f2625f5e6870e110d38','{"actor":"=fc505645","at":"=6148019b","command":"=5eea2e09","counts":"=e1e38460","day":"=c8860868","id":"=4f5344cd","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(53,13,13,'candidacy',1,'[1]','be4656b34a4c8e5ad28f613d97d5688643f4699823c58d223ba83db526395934','{"applied":"=b8ffea86","id":"=83dcefb7","organization":"=81911c52","person":"=1db87a14","state":"=a47083a4","talked":"=968b8d6b"}','');
INSERT INTO content VALUES(54,13,13,'operation',1,'[13]','ea586f7efdf3a9cb9bf9a20a089d8d82c5ef061cc225637c231cf65ef06c2ae5','{"actor":"=fc505645","at":"=6148019b","command":"=3d526dc4","counts":"=e1e38460","day":"=c8860868","id":"=3854745b","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(55,13,13,'history',1,'[5]','9af014d9139f4d1f02e7322f16f2d94e8a320148bea1d6d263440592c6c6290d','{"before":"=8c3563de","id":"=84b12bae","key":"=83dcefb7","noun":"=d930569d","written":"=1ad5be0d"}','');
INSERT INTO content VALUES(56,14,14,'candidacy',1,'[1]','7d4bacb7c9a70803de8f616586196952decc3e7bb91032ca3ed03f95d36194d3','{"applied":"=b8ffea86","closed":"=c8860868","id":"=83dcefb7","organization":"=81911c52","person":"=1db87a14","reason":"=2f0a8466","state":"=6f0ac3ce","talked":"=968b8d6b"}','');
INSERT INTO content VALUES(57,14,14,'operation',1,'[14]','e17b11e7e9fe48d165d13ea7f647fb07a3551cde23cb19cc409204f1cda8e25a','{"actor":"=fc505645","at":"=6148019b","command":"=bb9cc43c","counts":"=e0d3033d","day":"=c8860868","id":"=a630e1f8","reason":"=2f0a8466","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(58,14,14,'history',1,'[6]','7b16d8d1ef73299b45bdd32d27550c5b7942a03c415e75fb84d0785f87208464','{"before":"=dd19e2d3","id":"=1db87a14","key":"=83dcefb7","noun":"=d930569d","written":"=3854745b"}','');
INSERT INTO content VALUES(59,15,15,'quota',1,'[3]','cd27e48871d099a5a5f39bd1fecb66bc7b7fc7c273cadff5cbd2d51d043aa5f5','{"first":"=08095a85","id":"=6dd28e9b","last":"=08095a85","organization":"=be047a60","parent":"=83dcefb7","places":"=83dcefb7","year":"=0dad3fc1"}','');
INSERT INTO content VALUES(60,15,15,'number',1,'["202365000007"]','9bf2ec6df9e92e76442fc6ee50c8d26d1e55ec3b31bbd963c3a4a07b3cb5c0d4','{"number":"=7f0e6a13","quota":"=83dcefb7","state":"=4d2ec1c8","year":"=0dad3fc1"}','');
INSERT INTO content VALUES(61,15,15,'operation',1,'[15]','9795bac0656d83e93c814031d0df7c71af7a022eec0b67c03d0c9012d90fd682','{"actor":"=fc505645","at":"=6148019b","command":"=1519221a","counts":"=760bc27e","day":"=c8860868","id":"=d137d16e","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(62,15,15,'history',2,'[[7,8]]','edd22920853be63e53d125580dc02901882ecce3fca13970cfe4c52da396853a','{"before":"7891f5af","id":"c1554a47","key":"f792e6e6","noun":"50d216ca","written":"=83dcefb7"}','UaoDVil3h1s=');
INSERT INTO content VALUES(63,16,16,'quota',2,'[2,4]','dab0b2f4b54990df1d7043ad385ea02e2f6ec52384981d4729171fc52d0b6da2','{"first":"8f7a7c87","id":"5a3ef579","last":"bcfdc20c","organization":"bc590eb8","places":"02225ee0","parent":"=83dcefb7","year":"=0dad3fc1"}','gnQCpeTo1q0=');
INSERT INTO content VALUES(64,16,16,'number',1,'["202365000005"]','a874b6eb1db85f7e6090a634d4c86179977420afd13e54b5be2aeee368136230','{"number":"=91000b3f","quota":"=f3b61b38","state":"=4d2ec1c8","year":"=0dad3fc1"}','');
INSERT INTO content VALUES(65,16,16,'operation',1,'[16]','a69f1d3a9803fb4a5fc86d4145f659988b38fccb1dd6d44b824db55ab1fb27ff','{"actor":"=fc505645","at":"=6148019b","command":"=9dca5dfa","counts":"=5d2691bd","day":"=c8860868","id":"=483e80d4","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(66,16,16,'history',2,'[[9,10]]','00aef939f2aed9c5fff2d31f88e36ba9e769b2226ed47cd5fc96c9cd4a9966e6','{"before":"b97c91c8","id":"158ede82","key":"44801f2c","noun":"50d216ca","written":"=83dcefb7"}','9t7dr3rFc4U=');
INSERT INTO content VALUES(67,17,17,'form',1,'["202365000001"]','f82189607c6b3dec8c4918e80e5d6cfee6594830d5175fe6293663d54089c7db','{"pages":"=4f5344cd","person":"=84b12bae","received":"=c8860868","serial":"=966dcf26","sha256":"=9fccc382","size":"=776ab7a8","state":"=8c0735ff"}','');
INSERT INTO content VALUES(68,17,17,'operation',1,'[17]','4eb4a2326f197a307f75a8f39c7e6201714e3a9cfbbcfb8459ec34bbb8c46e22','{"actor":"=fc505645","at":"=6148019b","command":"=2b6fd236","counts":"=e0d3033d","day":"=c8860868","id":"=3f39b042","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(69,17,17,'history',1,'[11]','fd33bc6f5f2d314b6b5c9a4df392cdf4f5c676c61850f0e3cc0833fb8099adcc','{"before":"=9e1f1eba","id":"=d65a1577","key":"=966dcf26","noun":"=5288fd4f","written":"=83dcefb7"}','');
INSERT INTO content VALUES(70,18,18,'certificate',1,'["C-1"]','02f7472833cb9cd788738defb6722d0c8c0c88b2715cdb271562d93ea1e760cc','{"copies":"=83dcefb7","issued":"=c8860868","person":"=83dcefb7","serial":"=fc69b05e","state":"=8c0735ff"}','');
INSERT INTO content VALUES(71,18,18,'operation',1,'[18]','1bb3c6dca9792bf59e687c15d6b344683e40d5b3a9beacc1621fc1badc43354d','{"actor":"=fc505645","at":"=6148019b","command":"=c17e4c8f","counts":"=b45899de","day":"=c8860868","id":"=af86add3","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(72,19,19,'certificate',1,'["20000002"]','f6304865d88478d46179a2e5feb0d0eef7f7411d5d24fbb61ca4353f6e4b6412','{"copies":"=1ad5be0d","issued":"=c8860868","person":"=1ad5be0d","reason":"=f5bc436a","serial":"=6c23eb52","state":"=8c0735ff"}','');
INSERT INTO content VALUES(73,19,19,'operation',1,'[19]','f1221a8a63d6510f7105ecf258a934dea2ac362759acf5e1fe1dbed7d1824b5e','{"actor":"=fc505645","at":"=6148019b","command":"=4afe6455","counts":"=e0d3033d","day":"=c8860868","id":"=d8819d45","reason":"=f5bc436a","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(74,19,19,'history',1,'[12]','0419aa57b142f448ef72f16c462204df95c95b3deb2ffc2abb6087be8e57cf34','{"before":"=8dd8b568","id":"=4f5344cd","key":"=6c23eb52","noun":"=219cda4a","written":"=83dcefb7"}','');
INSERT INTO content VALUES(75,20,20,'certificate',1,'["20000002"]','aa2cb5e1ce3b53c60d03b61f40627111b0d7205d2527b5ce4e7cc38f5ab38892','{"copies":"=1ad5be0d","issued":"=c8860868","person":"=1ad5be0d","reason":"=d3f74716","serial":"=6c23eb52","state":"=1a834993"}','');
INSERT INTO content VALUES(76,20,20,'operation',1,'[20]','b86183c8a24997d85804182ae89384aa74485976bedf37d154e58b78263febeb','{"actor":"=fc505645","at":"=c73f0a2f","authority":"=2fe4f038","command":"=f7855503","counts":"=e0d3033d","day":"=c8860868","id":"=8a707622","reason":"=d3f74716","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(77,20,20,'history',1,'[13]','217d75f086a352d40afa7c708626111e8b2c11236277e1513e2c50e540035279','{"before":"=5563fede","id":"=3854745b","key":"=6c23eb52","noun":"=219cda4a","written":"=d8819d45"}','');
INSERT INTO content VALUES(78,21,21,'dispute',1,'[1]','6e8c638ea3e2d7a4495e744553452f8dcc4f664cee4896e5a72dd0403b92f6a7','{"claim":"=71b2c860","id":"=83dcefb7","number":"=966dcf26","opened":"=c8860868"}','');
INSERT INTO content VALUES(79,21,21,'operation',1,'[21]','778a8a438409631ef8fe37db71e7987422833f4d0a7638a186aa8e49602f3838','{"actor":"=fc505645","at":"=c73f0a2f","command":"=3e70e7ae","counts":"=252d5054","day":"=c8860868","id":"=fd7746b4","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(80,22,22,'dispute',1,'[1]','4c59a47e4863ff17dff44c32f0d3d109c7f57c5c71696b6d3ece23ea3ad6dbce','{"claim":"=71b2c860","id":"=83dcefb7","number":"=966dcf26","opened":"=c8860868","outcome":"=d7ef539a","settled":"=c8860868"}','');
INSERT INTO content VALUES(81,22,22,'operation',1,'[22]','86ac5685af2de2afe829265285f27a2d8d7561d864cb34112e6395a2cec56af6','{"actor":"=fc505645","at":"=c73f0a2f","command":"=a1b7c309","counts":"=252d5054","day":"=c8860868","id":"=647e170e","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(82,22,22,'history',1,'[14]','5341bcf997cbb2903a1edfb0270d3b75b7b1627e7cc99601f272a387a0bd574b','{"before":"=8b8bb865","id":"=a630e1f8","key":"=83dcefb7","noun":"=3c925007","written":"=fd7746b4"}','');
INSERT INTO content VALUES(83,23,23,'membership',1,'[1]','5b1a1930a82ad5e02b2a6b26768db0db797fb3d1df203d2f18c4380aaefd9319','{"entry":"=1b6686e6","id":"=83dcefb7","joined":"=ddb7bafb","joined_precision":"=e5a02990","leaving_reason":"=fda053a6","left":"=b8ecfce7","organization":"=81911c52","person":"=83dcefb7"}','');
INSERT INTO content VALUES(84,23,23,'operation',1,'[23]','ba719ddb3ef8f53f456569e84d794e035c4c58209d89bfd4956400ff29cfa80b','{"actor":"=fc505645","at":"=c73f0a2f","command":"=03e5aa37","counts":"=e0d3033d","day":"=c8860868","id":"=13792798","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(85,23,23,'history',1,'[15]','71c14f50a8db69c0fc731ff38ef076953dfb6102468e28047cf08e22b84a7d4b','{"before":"=110a437c","id":"=d137d16e","key":"=83dcefb7","noun":"=86ffd285","written":"=83dcefb7"}','');
INSERT INTO content VALUES(86,24,24,'membership',1,'[8]','f822debaecad35de47a0a44a849e35c8375c4f2cc1c1c68fbe2831e2c90578fa','{"entry":"=b558726e","id":"=fa005713","joined":"=c4a7ac31","joined_precision":"=e5a02990","organization":"=ced08a95","person":"=f3b61b38","since":"=b8ecfce7"}','');
INSERT INTO content VALUES(87,24,24,'operation',1,'[24]','a598715bc288ced36c4313cb4ecb396d94e6e3e651f37e15e06a39a8d20d24ab','{"actor":"=fc505645","at":"=c73f0a2f","authority":"=2fe4f038","command":"=4d531b57","counts":"=b45899de","day":"=c8860868","id":"=8d1db23b","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(88,25,25,'milestone',1,'[1]','5f8ed2e02f5ed6bbb990c475e9cac3b5a5be243aab88b2326e7c7fc47ad64b2d','{"day":"=b8ecfce7","id":"=83dcefb7","kind":"=6c262f96","organization":"=81911c52","person":"=83dcefb7"}','');
INSERT INTO content VALUES(89,25,25,'operation',1,'[25]','e60cc60329a7e18dcb3e94f6c02d38d31bf64aecd9d2b1f073313f8eb0011176','{"actor":"=fc505645","at":"=c73f0a2f","command":"=08c68b52","counts":"=b45899de","day":"=c8860868","id":"=fa1a82ad","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(90,26,26,'registration',5,'[[1,5]]','4b8f92c7408f8fd8643047365ce35c5481f5a312f1ead5dfce65c46e3d1a64e0','{"id":"66e8855f","person":"714f2d6b","registered":"=b8ecfce7","year":"=0dad3fc1"}','qwll32SHJKpmSIVCXiJ7Of94vk8=');
INSERT INTO content VALUES(91,26,26,'operation',1,'[26]','913c3d0cdc65496915d9f0edf544dcdbec47df12a3421f3b65e249badcc6bce4','{"actor":"=fc505645","at":"=c73f0a2f","command":"=873eeffa","counts":"=d0345cda","day":"=c8860868","id":"=6313d317","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(92,27,27,'person',1,'[1]','358a0359332fcdd743df39f3dff4704732db95fea4129eb9b53655038e9415d1','{"id":"=83dcefb7","id_number":"=81e377da","name":"=fe25184a","phone":"=5118087e"}','');
INSERT INTO content VALUES(93,27,27,'operation',1,'[27]','a76bcb49f0357ec789680b0c14366cb388ae5489078b5489a9cccb6bb0bf92ac','{"actor":"=fc505645","at":"=c73f0a2f","command":"=063f8558","counts":"=e0d3033d","day":"=c8860868","id":"=1414e381","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(94,27,27,'history',1,'[16]','a5f8d5cc92bd94c9a457ce34636b7dbc463fb84d7703229f36f565ad486c275a','{"before":"=22a517b2","id":"=483e80d4","key":"=83dcefb7","noun":"=34dcd176","written":"=83dcefb7"}','');
INSERT INTO content VALUES(95,28,28,'post',1,'[2]','dc75457e173c922676a35d8806f88a3ffd8f33c7a0a63521f7393ed67578cade','{"duty":"=09b629c8","id":"=1ad5be0d","name":"=cf9a846c","organization":"=81911c52","person":"=83dcefb7","said":"=3ec9ac81","since":"=1357c3be","title":"=1cbaeb75"}','');
INSERT INTO content VALUES(96,28,28,'alias',1,'["658899200703010070"]','7790c47d95ba43ab7a6c89cf72ac3812cb971c88ef22dbc6e8a30463114e5894','{"id_number":"=c7af0006","name":"=cf9a846c","person":"=83dcefb7"}','');
INSERT INTO content VALUES(97,28,28,'operation',1,'[28]','3a380c5cf420a7a891276e6431e26fd717bbf38c0ac2ad565ea3245a152a9f27','{"actor":"=fc505645","at":"=c73f0a2f","command":"=733cbdbe","counts":"=0922e770","day":"=c8860868","id":"=84abfe10","reason":"=2dd02cdb","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(98,28,28,'history',2,'[[17,18]]','f3f566bc4f9d5e5841c6decea09cb71d6db972a83456351d3bf5e945b0970dc9','{"before":"446871fb","id":"daa1685d","key":"7113a6ba","noun":"f22d9f7e","written":"=fa005713"}','TBYZr1H4RIc=');
INSERT INTO content VALUES(99,29,29,'transfer',1,'[3]','6185ca46d2d5e8995eb887dd3e5d5deb58da6f584c263641c05d3799e92ba37d','{"destination":"=a3b85e3b","id":"=6dd28e9b","person":"=6dd28e9b","requested":"=b8ecfce7","source":"=6f9f7d7e","state":"=d4d57ab9"}','');
INSERT INTO content VALUES(100,29,29,'operation',1,'[29]','f5d49c53e6c3f89fb77307a0f23dec189e4ed9c4bd427716025d3517b5f1d71b','{"actor":"=fc505645","at":"=c73f0a2f","command":"=14c8037c","counts":"=b45899de","day":"=c8860868","id":"=f3acce86","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(101,30,30,'transfer',1,'[1]','e6c491eca880133fe491e7d9a6a58179e35d2ddcbbec7b8a3b92b279c3f97ba5','{"id":"=83dcefb7","person":"=84b12bae","requested":"=2e37ea0e","settled":"=b8ecfce7","source":"=81911c52","state":"=761df64e","target":"=ced08a95"}','');
INSERT INTO content VALUES(102,30,30,'membership',2,'[5,9]','9333b84912ca827570f7871660fb371aacf9bdb718d6b5a53a6a40408bfa097d','{"entry":"04005abc","id":"7247b38d","leaving_reason":"f1adc902","left":"d82bf6d5","organization":"8f03812e","since":"7ba3fcbc","joined":"=4a95325b","joined_precision":"=e5a02990","person":"=84b12bae"}','qTVkm7/3ze8=');
INSERT INTO content VALUES(103,30,30,'operation',1,'[30]','c1628193dae7ec89b39c76d6d3dc6ce503a008b5aba0b22b4a091044d0733fb4','{"actor":"=fc505645","at":"=c73f0a2f","command":"=cc1310c5","counts":"=6f30fe1c","day":"=c8860868","id":"=936b4763","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(104,30,30,'history',2,'[[19,20]]','66b776cc54b1b4e2eb3b77ff4446b8844ae9f7b3aa8dd751dd0c3713f943993e','{"before":"63149401","id":"af0ee26d","key":"ba9e3985","noun":"e058c002","written":"07cacc50"}','LjH+OJQ/ajg=');
INSERT INTO content VALUES(105,31,31,'transfer',1,'[2]','cc5e1d3edfa7514e19bde910e8a676e0b2753e4985ed5ff640003c3e1ec5a658','{"destination":"=a3b85e3b","id":"=1ad5be0d","person":"=1ad5be0d","requested":"=8e80fb07","settled":"=b8ecfce7","source":"=81911c52","state":"=057b7c49"}','');
INSERT INTO content VALUES(106,31,31,'operation',1,'[31]','ef2a3cdf99b5d968f5593cfc6128fa72f04ad1cb1309fdba1daa78ea06f9ecd8','{"actor":"=fc505645","at":"=c73f0a2f","command":"=2db160c9","counts":"=e0d3033d","day":"=c8860868","id":"=e46c77f5","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(107,31,31,'history',1,'[21]','32857292dfe9e15470780d8ff9f0dd3d09297755833cd04589dd96154b25ef87','{"before":"=65903e5d","id":"=fd7746b4","key":"=1ad5be0d","noun":"=4034a3c0","written":"=f3b61b38"}','');
INSERT INTO content VALUES(108,32,32,'distinctpair',1,'[1]','5b37c0d6b8f4ab393df9583b98ea586b82f5745dfb4eca13d979f5a19cbdcf99','{"first":"=83dcefb7","id":"=83dcefb7","reason":"=45dc516c","second":"=1ad5be0d"}','');
INSERT INTO content VALUES(109,32,32,'operation',1,'[32]','e0d5855078df57cce72dca4a7b33c282550c1f13b5421394fa645d8054960ecd','{"actor":"=fc505645","at":"=c73f0a2f","command":"=5e1595ab","counts":"=b45899de","day":"=c8860868","id":"=7d65264f","reason":"=45dc516c","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(110,33,33,'organization',1,'["O00001"]','f55bea726d08116b74877f772e2d6ec065659ae099f0d1ec62ae27840d87d064','{"code":"=b4358a64","domain":"=f99edabb","founded":"=c8860868","name":"=2e55056c","parent":"=2060efc3","sector":"=1abb853c","type":"=bb861b1f"}','');
INSERT INTO content VALUES(111,33,33,'operation',1,'[33]','251d26db67288bae18eb2b3a178ffae8e936af3f9bea88597e74dbe5e6126e4e','{"actor":"=fc505645","at":"=c73f0a2f","command":"=2f03e12e","counts":"=e1e38460","day":"=c8860868","id":"=0a6216d9","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(112,34,34,'organization',1,'["S1"]','0e41dd4725de4a9e4d82a73ebf9ba0363c6234237fcf2ce7480684a34fab187c','{"code":"=81911c52","domain":"=f99edabb","name":"=1426e075","parent":"=2060efc3","sector":"=1abb853c","type":"=bb861b1f"}','');
INSERT INTO content VALUES(113,34,34,'organizationevent',1,'[1]','8e3ac27551b37b93c69e617249778bc8c77ec5b202bce5b60f9fe1a0329607be','{"after":"=1426e075","before":"=c1a5bdc4","day":"=b8ecfce7","id":"=83dcefb7","kind":"=0960bb0f","organization":"=81911c52"}','');
INSERT INTO content VALUES(114,34,34,'operation',1,'[34]','855ace39bfe5b910c8eab4b5a1d8861510b4eb300ac480df641be841d62543a0','{"actor":"=fc505645","at":"=c73f0a2f","command":"=60ffb90b","counts":"=46f84aee","day":"=c8860868","id":"=9406837a","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(115,34,34,'history',1,'[22]','633e4b8270023932f55079ec43bdce8b5064e1ba10f03a525b8c283bea4a633d','{"before":"=8de249eb","id":"=647e170e","key":"=81911c52","noun":"=c1ee637c","written":"=83dcefb7"}','');
INSERT INTO content VALUES(116,35,35,'organization',1,'["S1"]','5c08a24f5de35e728442db6cb26b2524d10e20aad81aa4ffe93dde92652dbeec','{"code":"=81911c52","domain":"=f99edabb","name":"=1426e075","parent":"=be047a60","sector":"=1abb853c","type":"=bb861b1f"}','');
INSERT INTO content VALUES(117,35,35,'organizationevent',1,'[2]','e361db58db7cb8ecba9361bc066978d45bf7d72e9458fca7dd98f196359b62ba','{"after":"=be047a60","before":"=2060efc3","day":"=b8ecfce7","id":"=1ad5be0d","kind":"=c6ec8df5","organization":"=81911c52"}','');
INSERT INTO content VALUES(118,35,35,'operation',1,'[35]','5e25c328a0b4e7d846bb1cd184a59a5bf389dd4148ab96a42967e0900d860f1f','{"actor":"=fc505645","at":"=c73f0a2f","command":"=0d5454fe","counts":"=46f84aee","day":"=c8860868","id":"=e301b3ec","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(119,35,35,'history',1,'[23]','ec72603e72519845afadc44abdc169ef1f964991c0a5e35794ad40a2e81c9c99','{"before":"=cedbb82c","id":"=13792798","key":"=81911c52","noun":"=c1ee637c","written":"=9406837a"}','');
INSERT INTO content VALUES(120,36,36,'post',2,'[[1,2]]','8113d348d6df05f591c2741e787d9da8e8d0d3c627d354f981ffd36249142804','{"id":"1ed1fd11","name":"90415e57","person":"7d6b3116","said":"ef8b99b9","title":"355d0265","duty":"=09b629c8","organization":"=81911c52","reason":"=04c74de4","since":"=1357c3be","until":"=b8ecfce7"}','bChBNOihvj8=');
INSERT INTO content VALUES(121,36,36,'organization',1,'["S1"]','abefcf1bf6db4c1b43fe444a906b20081f5332c2a57e58b269fea7b716f4c2a6','{"code":"=81911c52","dissolved":"=b8ecfce7","domain":"=f99edabb","name":"=1426e075","parent":"=be047a60","sector":"=1abb853c","type":"=bb861b1f"}','');
INSERT INTO content VALUES(122,36,36,'candidacy',1,'[2]','9ccb09e1350ba79b14f22f175a119d776b5966b9243f35b5bba0818d5d5844bf','{"applied":"=b8ffea86","id":"=1ad5be0d","organization":"=6f9f7d7e","person":"=a15d25e1","state":"=a47083a4"}','');
INSERT INTO content VALUES(123,36,36,'membership',6,'[2,6,7,10,11,12]','3986966dc3c75a8011d2d0c4d2652583eade8c0e5d18b9d05c47e1690e05e214','{"entry":"467c2e63","id":"beede0a7","joined":"ffef6dbd","leaving_reason":"09eb9bc9","left":"81f26a54","organization":"23b75bf4","person":"b7eba75d","since":"94ebea2d","joined_precision":"=e5a02990"}','hZTi/MRJJcmAy+L6yyaryADLRtNPp5y2');
INSERT INTO content VALUES(124,36,36,'organizationevent',1,'[3]','e7e5b36c22bce234a97571f54bfb97e4816c5b8bf8c35748fe5b5052bc6b4246','{"after":"=6f9f7d7e","day":"=b8ecfce7","id":"=6dd28e9b","kind":"=04c74de4","organization":"=81911c52"}','');
INSERT INTO content VALUES(125,36,36,'operation',1,'[36]','991d58b0bac4bee9379a835d5aefe7ac3c7c243c9b7bd3ff6e562bec5ac00fe9','{"actor":"=fc505645","at":"=9e0d4f62","command":"=1738cdb2","counts":"=681ed74f","day":"=c8860868","id":"=7a08e256","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(126,36,36,'history',7,'[[24,30]]','4d8f627d49a0123e355514c47f519ef226997fe7606a82fb139d0a8bf3355720','{"before":"a834f580","id":"9b018855","key":"22ccbc42","noun":"3b0f475e","written":"d0ce1d4f"}','m8hzqicZWcqqFfNS6dG7p0FFb8XLqiazOZPhnw==');
INSERT INTO content VALUES(127,37,37,'transfer',1,'[3]','9b8d86b4e269517fff905411b4d24bb158c7f1b32674ccda6a8068505f9929ca','{"destination":"=a3b85e3b","id":"=6dd28e9b","person":"=6dd28e9b","requested":"=b8ecfce7","source":"=ced08a95","state":"=d4d57ab9"}','');
INSERT INTO content VALUES(128,37,37,'organization',1,'["S3"]','685a65bc9b97ec1fb0b050e1bf0e1d406ffe1d4cf5d26f7a58be204bbc066a32','{"code":"=6f9f7d7e","dissolved":"=b8ecfce7","domain":"=f99edabb","name":"=39195030","parent":"=2060efc3","sector":"=1abb853c","type":"=50b94334"}','');
INSERT INTO content VALUES(129,37,37,'candidacy',1,'[2]','1e72785ac15d04dd3f54f27ff53c53c4a15e373a1703db39f62f2816bc13e301','{"applied":"=b8ffea86","id":"=1ad5be0d","organization":"=ced08a95","person":"=a15d25e1","state":"=a47083a4"}','');
INSERT INTO content VALUES(130,37,37,'membership',8,'[3,10,11,12,13,14,15,16]','3e9e8ba4aadf55522636fcddba575fa551db76405f3af4e34ca15f6df5445854','{"entry":"e043d73c","id":"b3c99ab8","joined":"8f0a2ec8","leaving_reason":"fbe624d0","left":"3e5bef21","organization":"10bc9581","person":"a2b338fe","since":"7a0851a5","joined_precision":"=e5a02990"}','R3mQEtjX77b1F07/iNH7rMPl23s5u+tYnRqj2NJ2eb0=');
INSERT INTO content VALUES(131,37,37,'organizationevent',1,'[4]','686760b3b585dd9dac91e5c97a7fae4fa0ae8b4d4a30ea4c817fa1753bf280ac','{"after":"=ced08a95","day":"=b8ecfce7","id":"=f3b61b38","kind":"=04c74de4","organization":"=6f9f7d7e"}','');
INSERT INTO content VALUES(132,37,37,'operation',1,'[37]','f3e37626894a69f8850875c480c4bd7a8d560f4b86e3bcf0c9f632b3176f1283','{"actor":"=fc505645","at":"=9e0d4f62","command":"=5b2bfec0","counts":"=7105e60e","day":"=c8860868","id":"=0d0fd2c0","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(133,37,37,'history',7,'[[31,37]]','7d8cc74d7964754e365838afcdc427555af884c3800bb3138f7c1bff256edd71','{"before":"35a00716","id":"55bd5db4","key":"a2662b0e","noun":"4dc60bad","written":"618e8441"}','ZBUTihI4bmrXayBLWQU8asLMSrioybspN5yS2w==');
INSERT INTO content VALUES(134,38,38,'post',1,'[3]','986ae5ef7a9779f022554a766f45afeff73c29477a9fa0e13c97fb058f7ac75d','{"duty":"=09b629c8","id":"=6dd28e9b","name":"=6d13fb7f","organization":"=81911c52","said":"=cf293ba7","since":"=1357c3be","title":"=b563cfb2","until":"=b8ecfce7"}','');
INSERT INTO content VALUES(135,38,38,'operation',1,'[38]','f71c6bb422aa7b85c6cf6959af31c6efd016fb1d3711a768890854187d65c4da','{"actor":"=fc505645","at":"=9e0d4f62","command":"=8290a5d8","counts":"=e1e38460","day":"=c8860868","id":"=9db0cf51","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(136,39,39,'setting',1,'["policy"]','ae64bde2ba61d41d56425e21e43d2524c2dd37eb72f5a147cba1df5f803d8718','{"key":"=f07d0516","value":"=10de54b2"}','');
INSERT INTO content VALUES(137,39,39,'operation',1,'[39]','543033b683f7b1fd4405ebcecd20bc1dba8694eb5ac58774b6e2891d250ed370','{"actor":"=fc505645","at":"=9e0d4f62","command":"=ccb6b3e3","counts":"=a3a6bf43","day":"=c8860868","id":"=eab7ffc7","sources":"=13ebf332","version":"=2f9921b1"}','');
INSERT INTO content VALUES(138,40,40,'closing',1,'[2022]','6464842c9816395573e3f4f9f3cf38f8267f083382e7fc68c369ab5e9add5ca9','{"day":"=c8860868","figures":"=26a68ec0","sha256":"=bf335be9","year":"=7aaa0f57"}','');
INSERT INTO content VALUES(139,40,40,'operation',1,'[40]','d4fe425087c749e55fe2c5b1e4233ecdf544f9a67fa9b47e69a7d61b7b899313','{"actor":"=fc505645","at":"=9e0d4f62","command":"=4a1b1007","counts":"=00813edc","day":"=c8860868","id":"=dc2ad1a4","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(140,41,41,'reported',1,'[1]','1edea3265665ff71337c47e8ecade7d4d50db22c4067ce591395f41f75dede8b','{"id":"=83dcefb7","key":"=a4a2027d","source":"=b233138e","value":"=f3b61b38","year":"=0dad3fc1"}','');
INSERT INTO content VALUES(141,41,41,'operation',1,'[41]','1028dee5fa1c4bb1e3b88fdcbfc3725999aa60955da3eee4ccf4e905b2a877d7','{"actor":"=fc505645","at":"=9e0d4f62","command":"=b1ef4fab","counts":"=8c4955a5","day":"=c8860868","id":"=ab2de132","sources":"=0d4cbb29","version":"=2f9921b1"}','');
INSERT INTO content VALUES(142,42,42,'operation',1,'[42]','bbac3c1b9decd6165a6c82e372c71d0d2c7803f014e8d8a69d60f9d51f9f1973','{"actor":"=fc505645","at":"=9e0d4f62","command":"=e370bbf2","counts":"=e2bd558d","day":"=c8860868","id":"=3224b088","sources":"=0d4cbb29","undoes":"=ab2de132","version":"=2f9921b1"}','');
INSERT INTO content VALUES(143,42,42,'history',1,'[38]','8ec27fb155bafaf11cac6829a4496ccdf913df34a89b572dff6c3794c01f971d','{"before":"=e2ce412a","id":"=9db0cf51","key":"=83dcefb7","noun":"=820255a3","written":"=ab2de132"}','');
INSERT INTO content VALUES(144,43,43,'operation',1,'[43]','3e044f7faf112ad77fe22b849df9326f422351ace36f735694523e3738e6f811','{"actor":"=fc505645","at":"=9e0d4f62","command":"=e370bbf2","counts":"=e2bd558d","day":"=c8860868","id":"=4523801e","sources":"=0d4cbb29","undoes":"=9db0cf51","version":"=2f9921b1"}','');
INSERT INTO content VALUES(145,43,43,'history',1,'[39]','a0ce13bfb1f8f16463f8e297be182f25b5915b07661b4aeed4af4ce003a0fd56','{"before":"=4d2b1885","id":"=eab7ffc7","key":"=6dd28e9b","noun":"=5a8a6c8d","written":"=9db0cf51"}','');
INSERT INTO content VALUES(146,44,44,'operation',1,'[44]','d903f3903be1b61ab37070e9da4b87bbd7d983101ee103562d0ca5ae4d42e68b','{"actor":"=fc505645","at":"=9e0d4f62","command":"=cf3a778f","counts":"=a03912ea","day":"=c8860868","id":"=db4715bd","reason":"=ed35199a","sources":"=fd6fb52f","version":"=2f9921b1"}','');
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
CREATE TABLE setting (
    "key" VARCHAR(32) NOT NULL,
    value TEXT NOT NULL,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY ("key"),
    CONSTRAINT fk_setting_operation FOREIGN KEY(operation) REFERENCES operation (id)
);
INSERT INTO setting VALUES('province','65',0);
INSERT INTO setting VALUES('policy',replace('# 按国家规定\n','\n',char(10)),39);
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
INSERT INTO alembic_version VALUES('0011');
CREATE INDEX ix_operation_undoes ON operation (undoes);
CREATE INDEX ix_content_operation ON content (operation);
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
