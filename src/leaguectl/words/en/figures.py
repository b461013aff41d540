"""English: labels and definitions of figures."""

FIGURES = {
    "organizations.total": (
        "organisations",
        "organisations founded by that day and not dissolved",
    ),
    "organizations.villages": ("of them villages", "organisations of the sector village (农村)"),
    "organizations.communities": (
        "of them communities",
        "organisations of the sector community (城市社区)",
    ),
    "members.opening": (
        "members at the beginning",
        "members at the end of the day before the year",
    ),
    "admissions.total": (
        "admitted",
        "people whose branch meeting admitted them within the year",
    ),
    "members.transferred_in": (
        "transferred in",
        "members who came within the year: by transfer or from elsewhere in the county, or restored;"
        " those admitted there are not among them",
    ),
    "members.transferred_out": (
        "transferred out",
        "members who left within the year by transfer (转出) or for elsewhere in the county, and"
        " those admitted there within the year whose membership lies elsewhere",
    ),
    "members.left": (
        "left",
        "members who left within the year for any other reason than a transfer or a move",
    ),
    "members.total": (
        "members",
        "members on that day: joined or moved there by then, and not left",
    ),
    "admissions.school": ("admitted in schools", "admitted by organisations of the domain school"),
    "admissions.society": (
        "admitted in society",
        "admitted by organisations of any other domain",
    ),
    "admissions.quota": (
        "quota",
        "numbers of the year's blocks, each of which is a place; null where there is no quota",
    ),
    "admissions.quota_left": (
        "places left",
        "numbers of the year's blocks neither used by an admission nor void;"
        " null where there is no quota",
    ),
    "numbers.usage_rate": (
        "numbers used",
        "numbers used by an admission ÷ numbers of the year's blocks; null where there is no quota",
    ),
    "cadres.total": (
        "cadres",
        "people who hold a post on that day, each counted once, those known by name alone once in"
        " each organisation; null where no post is recorded",
    ),
    "cadres.secretary_filled_rate": (
        "secretaries in place",
        "seats of secretaries (书记应配) of villages and communities that are held on that day ÷"
        " those seats; who holds two fills two; null where no seats or no posts are recorded",
    ),
    "cadres.posts_filled_rate": (
        "posts filled",
        "seats of committees (班子应配, the secretary among them) of villages and communities that"
        " secretaries, deputies and committee members hold on that day ÷ those seats; who holds two"
        " fills two; null where no seats or no posts are recorded",
    ),
    "cadres.on_duty_rate": (
        "cadres on duty",
        "people with a post in a village or community who are on duty ÷ those of whom it is told"
        " whether they are; null where it is told of nobody",
    ),
    "cadres.seconded_deputies": (
        "seconded deputies of the county",
        "people who are deputy secretaries of the county's own committee by secondment (挂职) on"
        " that day; null where no post is recorded",
    ),
    "cadres.volunteer_deputies": (
        "volunteer deputies of townships",
        "volunteers of the western plan (西部计划志愿者) who are part-time deputy secretaries of a"
        " township's committee on that day: a committee of society directly below the county's;"
        " null where no post is recorded",
    ),
    "training.drill_people": (
        "people in drills",
        "people who attended a drill (岗位大练兵) of the year, each counted once, those without an"
        " ID number by their names; null where none is recorded",
    ),
    "training.sessions": (
        "training courses",
        "sessions of the year of basics (基础团务培训) and for young Marxists (青马工程);"
        " null where none is recorded",
    ),
    "training.people": (
        "people in these courses",
        "people who attended one of these sessions, each counted once, those without an ID number by"
        " their names; null where none is recorded",
    ),
    "activities.total": (
        "activities",
        "activities of the year but seminars, lectures, online classes and joint meetings, which"
        " have their own figures; null where none is recorded",
    ),
    "activities.organizations": (
        "organisations covered",
        "organisations that an activity of the year covered, with all below them;"
        " null where none is recorded",
    ),
    "activities.members": (
        "members covered",
        "members, on that day, of the organisations covered by an activity of the year;"
        " null where there is nobody",
    ),
    "seminars.sessions": (
        "seminars",
        "seminars (座谈会) of the year; null where none is recorded",
    ),
    "seminars.attendances": (
        "attendances at seminars",
        "attendances at the year's seminars, who came twice is counted twice;"
        " null where none is recorded",
    ),
    "lectures.youth_team": (
        "lectures of the youth team",
        "lectures of the youth team (青年讲师团宣讲) in the year; null where none is recorded",
    ),
    "lectures.congress": (
        "lectures on the congress",
        "lectures on the congress (二十大精神宣讲) in the year; null where none is recorded",
    ),
    "online.attendances": (
        "attendances online",
        "attendances at the year's online classes (青年大学习, 红领巾爱学习), who came twice is"
        " counted twice; null where none is recorded",
    ),
    "ratios.member_student": (
        "members to students",
        "members on that day of the schools surveyed in the year ÷ the students that they counted"
        " (团学比例); an organisation above one that was surveyed is left out;"
        " null where no students were counted",
    ),
    "ratios.member_youth": (
        "members to young people",
        "members on that day of the organisations surveyed in the year ÷ the young people of 14 to 28"
        " that they counted (团青比例); an organisation above one that was surveyed is left out;"
        " null where no young people were counted",
    ),
    "ratios.graduating_junior": (
        "graduating from junior middle",
        "members on that day of graduating branches of junior middle schools ÷ the students counted"
        " there in the stage 初中毕业班; the cap is 30 % unless the county's policy says otherwise;"
        " null where none were counted",
    ),
    "ratios.graduating_senior": (
        "graduating from senior middle",
        "members on that day of graduating branches of senior middle and vocational schools ÷ the"
        " students counted there in the stage 高中毕业班; the cap is 60 % unless the county's policy"
        " says otherwise; null where none were counted",
    ),
    "paths.recommended_to_league": (
        "recommended to the League",
        "people admitted in the year by recommendation (推优入团) or recorded as recommended in it;"
        " null where no route is recorded",
    ),
    "paths.joined_party": (
        "joined the Party",
        "members recorded as having joined the Party in the year; null where nobody is recorded",
    ),
    "assessment.organizations": (
        "organisations assessed",
        "organisations that have a score of the year; null where none is recorded",
    ),
    "tasks.total": (
        "tasks of the reform",
        "tasks of the reform plan due by the end of the year, or without a day, that were not done"
        " before it; null where none is recorded",
    ),
    "tasks.done": (
        "of them done",
        "of these tasks, those done by that day; null where there are none",
    ),
    "meetings.joint": (
        "joint meetings",
        "joint meetings of youth work (青年工作联席会) in the year; null where none is recorded",
    ),
}
