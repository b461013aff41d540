"""中文: what a plan finds: rows against rows and against the registry."""

CODES = {
    # plans
    "row-repeated": ("与 {sheet} 第 {row} 行重复", "删除其中一行"),
    "organization-unknown": (
        "没有名为“{name}”的团组织（第 {rows} 行）",
        "更正名称，或先导入该团组织",
    ),
    "organization-unknown/near": (
        "没有名为“{name}”的团组织（第 {rows} 行）；相近的有：{near}",
        "更正名称，或先导入该团组织，或加 --create-organizations",
    ),
    "organization-made": (
        "“{name}”原不存在，已建在“{parent}”之下",
        "以后可导入团组织表补正其类型和编码",
    ),
    "organization-ambiguous": (
        "有多个团组织名为“{name}”：{candidates}",
        "请填编码，或写成“上级/全称”",
    ),
    "organization-rejected": ("团组织“{name}”所在行已被拒绝", "先更正那一行"),
    "organization-other-name": ("编码 {code} 属于“{known}”", "更正编码或名称"),
    "organization-other-code": (
        "“{name}”已存在，编码为 {known}",
        "更正编码或名称；同一上级下不能有两个同名团组织",
    ),
    "organization-dissolved": ("“{name}”已于 {dissolved} 撤销", "填写其团员转入的团组织"),
    "dissolved-before-founded": ("撤销日期 {dissolved} 早于成立日期 {founded}", "更正日期"),
    "organization-circle": ("“{parent}”在“{name}”之下，不能作为其上级", "更正上级组织"),
    "parent-is-branch": ("“{parent}”是团支部，下面不能再设组织", "更正上级组织或其类型"),
    "born-differs": ("身份证号中的出生日期为 {known}，此列为 {said}", "两者都与身份证核对"),
    "sex-differs": ("身份证号为{known}，此列为{said}", "两者都与身份证核对"),
    "id-other-name": (
        "该身份证号登记为{known}，此处写的是{name}",
        "与身份证核对；以身份证号为准",
    ),
    "id-merged": (
        "此身份证号是{known}曾误登的号码，正确号码为 {right}",
        "请改正表中的号码",
    ),
    "person-alike": (
        "{name}与{known}同名同日出生，后者身份证号为 {other}",
        "核对身份证（leaguectl dup list 列出两人）：同一人用 member merge 合并，两个人用 dup ignore 记下",
    ),
    "id-taken": (
        "此身份证号已登记给{known}",
        "核对身份证；如为同一人：leaguectl member merge {person} {other}",
    ),
    "rule-broken-by": (
        "这样做之后，规则 {rule} 将不再成立",
        "leaguectl explain {rule}；先改正该规则所要求的内容",
    ),
    "merge-apart": (
        "已认定是两个人：{reason}",
        "若认定有误，先撤销该操作：leaguectl log",
    ),
    "merge-number": (
        "两条记录各有编号：{number} 与 {other}",
        "一人一号：核对志愿书，先作废错误的一个：leaguectl number void {other}",
    ),
    "merge-admission": (
        "两条记录各有发展手续：{meeting} 与 {other}",
        "一人只能入团一次：核对材料，先撤销错误的一次：leaguectl log",
    ),
    "merge-paper": (
        "两条记录各有有效的{noun}：{own} 与 {other}",
        "只能保留一个：核对材料，先终止错误的一个",
    ),
    "merge-membership": (
        "同时是 {own} 与 {other} 的团员",
        "一名团员只在一个支部：先改正日期，或结束错误的一处：leaguectl member leave",
    ),
    "merge-ended": (
        "其中一条记录写明在{organization}的团籍已于 {left} 结束，合并后以此为准",
        "如另一条才对，请撤销合并：leaguectl log",
    ),
    "merge-paper/certificate": (
        "两条记录各有有效的团员证：{own} 与 {other}",
        "只能保留一个：核对后收回错误的一个：leaguectl certificate recall {other}",
    ),
    "merge-differs": (
        "两条记录的{noun}（{what}）互相矛盾",
        "核对材料，先改正或撤销错误的一条",
    ),
    "merge-dispute": (
        "其中一人对另一人的编号 {number} 有异议",
        "先处理完毕：leaguectl number settle {number}",
    ),
    "places-none": ("名额至少为1", "删除该行"),
    "block-digits": ("号段应为 {digits} 位，此处为“{number}”", "请更正"),
    "block-year": ("{year}年的号段以 {year} 开头，此处为 {number}", "请更正"),
    "block-size": (
        "号段 {block} 有 {size} 个编号，名额为 {places}",
        "一个名额对应一个编号：更正名额或号段",
    ),
    "block-province": ("{number} 的第5、6位不是本省代码 {province}", "与下达号段的文件核对"),
    "block-outside": ("号段 {block} 不在{above}的号段内：{blocks}", "填写其中的一段"),
    "block-missing": (
        "“{organization}”的上级没有{year}年的号段可以分配",
        "填写其自身的号段起止",
    ),
    "block-overlaps": ("号段 {block} 与{owner}的 {other} 重叠", "与下达号段的文件核对"),
    "block-in-use": (
        "号段 {block} 中的 {number} 已由上级使用",
        "填写未使用的号段：leaguectl quota show",
    ),
    "quota-differs": (
        "已分配名额 {known}，此处为 {places}",
        "如系调整：leaguectl quota set 年度 组织 名额；如系追加，请另填一行并写明号段起止和文号",
    ),
    "quota-above-exceeded": (
        "名额 {places} 超过{above}剩余的名额（剩 {left}）",
        "减少名额，或先给上级增加名额：leaguectl quota set",
    ),
    "block-too-large": (
        "一个号段 {places} 个名额，最多 {most} 个",
        "更正名额；上限见政策文件 [[quota]] block_places",
    ),
    "quota-in-use": (
        "{organization}只能交回 {can} 个名额，不足 {places} 个：共 {held}，已用 {used}，作废 {void}，"
        "分给下级 {below}",
        "交回 {can} 个，或先让下级交回：leaguectl quota move",
    ),
    "quota-none": (
        "{organization}没有{year}年的名额",
        "leaguectl quota show {year}",
    ),
    "quota-not-common": (
        "{year}年没有同时在{source}和{target}之上的名额",
        "逐级交回后再分配：leaguectl quota set",
    ),
    "quota-move-nothing": (
        "名额须从一个组织调到另一个组织",
        "写明两个组织和至少一个名额",
    ),
    "number-not-ours": (
        "编号 {number} 不在本地任何号段内，按外地编号登记",
        "如在本地入团，请与志愿书核对",
    ),
    "left-differs": ("库中离团日期为 {known}，此处为 {said}", "更正其中之一"),
    "left-before-joined": ("离团日期 {left} 早于入团日期 {joined}", "更正日期"),
    "home-corrected": (
        "所在组织由“{known}”更正为“{said}”，视同自始如此",
        "如系某日转接，用 leaguectl member transfer 登记",
    ),
    "member-moved-on": (
        "该团员已于 {since} 由“{said}”转到“{known}”，保持现所在组织（第 {rows} 行）",
        "删去此行；如又转接：leaguectl member transfer",
    ),
    "left-missing": ("有离团原因而无离团日期", "填写离团日期"),
    "joined-differs": ("库中入团时间为 {known}，此处为 {said}", "更正其中之一"),
    "number-absent": (
        "import 登记已经完成的发展，必须有编号",
        "需要分配编号的，请用：leaguectl admit 文件",
    ),
    "form-absent": ("没有志愿书不能入团", "先填写入团志愿书"),
    # plans: what the county does
    "stored-differs": (
        "登记库中为 {known}，此处为 {said}",
        "与材料核对；更正本行，或加 --reason 理由 导入",
    ),
    "stored-differs/corrected": (
        "登记库中原为 {known}，按所给理由改为 {said}",
        "理由见 leaguectl log",
    ),
    "term-reversed": ("离任时间 {until} 早于任职时间 {since}", "更正日期"),
    "term-overlaps": (
        "同一人自 {since} 起已任此职",
        "补充该任期时任职时间须一致；另任一期的，先结束前一任期",
    ),
    "term-overlaps/until": (
        "同一人 {since} 至 {until} 已任此职，与本任期重叠",
        "补充该任期时任职时间须一致，或更正日期",
    ),
    "post-other-person": (
        "此任期已登记在另一名{name}名下",
        "核对两人的身份证号；同名两人的职务分开写明",
    ),
    "trainee-nameless": ("有身份证号而无姓名", "补上姓名；只登记班次的两格都留空"),
    "score-above-full": ("得 {score} 分，超过满分 {full}", "更正分数"),
    "full-none": ("满分应大于零", "更正，或留空"),
    "survey-empty": ("学生数、青年数、团员数都没有填", "至少填一项，或删去该行"),
    "marks-not-marks": ("“{text}”不是分数", "填 18 或 18.5 这样的数字"),
    # 团籍：转接、离团、处分
    "day-ahead": ("{day} 尚未到来，今天是 {today}", "办成之后再登记：--on 日期"),
    "organization-not-yet": ("“{name}”成立于 {founded}", "更正日期：--on 日期"),
    "member-not-now": (
        "现在不是团员",
        "leaguectl member show 可查经历；恢复团籍用 leaguectl member restore",
    ),
    "member-not-now/left": (
        "自 {left} 起已不是团员",
        "leaguectl member show 可查经历；恢复团籍用 leaguectl member restore",
    ),
    "member-now": ("现为“{organization}”的团员", "leaguectl member transfer --to 团组织"),
    "day-before-membership": ("{day} 早于在该组织的起始日 {begun}", "更正日期：--on 日期"),
    "day-before-leaving": ("{day} 早于离团日 {left}", "更正日期：--on 日期"),
    "transfer-nowhere": ("已在“{organization}”", "另给 --to"),
    "transfer-pending": (
        "转接 {id} 自 {requested} 起正在办理",
        "先办结：leaguectl transfer accept {id}，或 transfer refuse {id}",
    ),
    "transfer-under-way": ("已有转接正在办理，保持不变", "leaguectl transfer list --state pending"),
    "transfer-late": (
        "申请日 {day} 晚于本季发起期限 {deadline}",
        "注意按期办结：leaguectl transfer list --overdue",
    ),
    "transfer-not-found": ("没有转接 {id}", "leaguectl transfer list"),
    "transfer-settled": (
        "转接 {id} 已于 {settled} 办结：{state}",
        "leaguectl transfer list --state pending",
    ),
    "transfer-before-request": ("{day} 早于申请日 {requested}", "更正日期：--on 日期"),
    "transfer-within": (
        "转接 {id} 在县内两个团组织之间，不会失效",
        "leaguectl transfer refuse {id} --reason 原因",
    ),
    "transfer-not-lapsed": (
        "转接 {id} 在 {last} 以前仍可办理",
        "等待；或 leaguectl transfer refuse {id} --reason 原因",
    ),
    "transfer-elsewhere": (
        "转接 {id} 由“{source}”发起，而该团员现属“{organization}”",
        "leaguectl transfer refuse {id} --reason 原因，再重新发起",
    ),
    "transfer-leaves-post": (
        "在“{organization}”任{post}，而组织关系转往别处",
        "办理离任：leaguectl post end",
    ),
    "member-never": ("从未是本县团员", "先导入或发展"),
    "document-missing": ("此事须有文件依据", "写明文号：--authority 文号"),
    "approval-missing": (
        "此事须经上级批准（{allowed}）",
        "写明批准单位：--approved-by 团组织，或县外批准单位的名称",
    ),
    "approval-not-theirs": (
        "“{approver}”无权批准此事，应由{allowed}批准",
        "leaguectl org show 可查上级；获授权的团委由规则数字文件规定",
    ),
    "not-of-age": (
        "{day} 时 {age} 周岁，超龄离团须满 {limit} 周岁",
        "leaguectl member aging 可查何人何时满 {limit} 周岁",
    ),
    "party-member-stays": ("是党员，按规定保留团籍", "由规则数字 party_members_stay 决定"),
    "leaves-post": (
        "担任“{organization}”{post}",
        "担任团内职务者不办超龄离团；其他情形先办离任：leaguectl post end",
    ),
    "restore-not": (
        "已于 {left} 离开（{reason}），不能恢复",
        "由县外转回：leaguectl member transfer --from-outside 地点 --to 团组织",
    ),
    "discipline-in-force": (
        "{kind}自 {since} 起已在执行",
        "leaguectl member discipline --lift 可解除",
    ),
    "discipline-none": ("{day} 没有执行中的{kind}", "leaguectl member show 可查"),
    "discipline-no-end": ("{kind}没有期限", "去掉 --until；解除用 --lift"),
    "discipline-no-post": ("没有担任团内职务", "与文件核对"),
    "probation-months": ("自 {since} 起的留团察看应止于：{ends}", "--until 给出其中之一"),
    "expulsion-stays": ("开除团籍不能解除", "leaguectl member restore"),
    "milestone-known": ("{kind}已登记：{day}", "撤回用 --remove"),
    "milestone-person": (
        "登记库中没有此身份证号：{name}",
        "先导入含该团员的名册，或更正号码",
    ),
    "milestone-bearer": (
        "{organization}中名叫{name}的团员不是恰好一人",
        "增加身份证号一列；或写明所在团支部，而不是其上级",
    ),
    "milestone-none": ("没有登记{kind}", "leaguectl member show 可查"),
    "milestone-order": (
        "{late}（{second}）早于{early}（{first}）",
        "与纸质材料核对日期",
    ),
    "leave-aged-alone": ("--aged 是所有超龄者", "不要再给个人或其他原因"),
    "leave-who-why": ("谁离团？什么原因？", "给出人和 --reason-kind，或用 --aged 办理所有超龄者"),
    "lift-alone": ("--lift 是某日解除处分", "只给 --on 日期"),
    "since-needed": ("自何日起？", "给出 --since 日期"),
    # 团组织的变动
    "parent-not-allowed": (
        "“{parent}”是{above}，其下不能设{type}",
        "上级应是：{allowed}",
    ),
    "organization-moved-on": (
        "已于 {day} 由“{said}”改隶“{known}”，保持不变",
        "更正表格；如又改隶：leaguectl org move",
    ),
    "organization-renamed": (
        "现名“{known}”，保持不变",
        "更正表格；如又更名：leaguectl org rename",
    ),
    "organization-named-so": ("已是此名", "另给名称"),
    "organization-there": ("已隶属“{parent}”", "另给 --to"),
    "organization-there-already": ("已在库中，与所填一致", "leaguectl org show"),
    "organization-has-below": (
        "其下还有 {count} 个团组织：{names}",
        "先撤销或改隶；或用 leaguectl org merge",
    ),
    "organization-has-members": ("其中还有 {count} 名团员", "写明去向：--members-to 团组织"),
    "organization-has-cases": (
        "其中还有 {count} 名发展过程未结束的人",
        "写明去向：--members-to 团组织",
    ),
    "organization-to-itself": ("团员不能转入本组织自身", "另给团组织"),
    "organization-has-places": (
        "还有 {year} 年未用名额 {left} 个",
        "先交回：leaguectl quota move {year} {code} {above} {left}",
    ),
    "member-not-here": ("不是“{organization}”的团员", "leaguectl member show"),
    "name-empty": ("名称不能为空", "给出全称"),
    "registered-early": ("{day} 早于 {year} 年", "年度团籍注册在当年秋季进行：--on 日期"),
    "transfer-goes-where": ("转接只能去一处", "县内给 --to 团组织，县外给 --to-outside 地点"),
    "transfer-comes-where": (
        "由县外转入须有县内接收的团组织",
        "--from-outside 地点 与 --to 团组织 同时给出",
    ),
    "reason-needed": ("此操作须说明原因，并记录在案", "加 --reason 原因"),
}
