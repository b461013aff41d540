"""Chinese: what is wrong and what to do about it, by code; and the lines that a command says."""

CODES = {
    # cells
    "cell-missing": ("{field}为空", "请填写"),
    "cell-error": ("此单元格显示 {shown}：公式出错", "直接填写数值"),
    "cell-no-value": (
        "此公式从未计算过，没有数值",
        "用表格软件打开并保存一次，或直接填写数值",
    ),
    "cell-digits-lost": (
        "该编号以数值存储，末几位已丢失",
        "把该列设为文本格式，按纸质材料重新填写",
    ),
    "name-not-a-name": ("“{text}”不是姓名", "只填写本人姓名"),
    "id-number-cell": (
        "身份证号以数值存储，后三位已丢失，无法还原",
        "把该列设为文本格式，按身份证重新填写",
    ),
    "id-15-digits": (
        "身份证号是15位，无法确定出生年份的世纪",
        "请填写现行18位身份证号，或另有一列填写出生日期",
    ),
    "id-15-digits/no_date": (
        "身份证号是15位，第7至12位不是日期，可能漏了几位",
        "请填写现行18位身份证号",
    ),
    "id-15-digits/differs": (
        "身份证号是15位，按旧号码出生于 {says}，出生日期列却是 {differs}",
        "请填写现行18位身份证号",
    ),
    "id-extended": (
        "15位旧身份证号已按18位读取：年份前加19，校验码为 {check}",
        "与现行身份证核对；表中可不改",
    ),
    "id-length": ("身份证号有 {length} 位，应为18位", "请与身份证核对"),
    "id-characters": ("身份证号含有数字和末位X以外的字符", "请与身份证核对"),
    "id-province": ("身份证号开头的省份代码 {province} 不存在", "请与身份证核对"),
    "id-birth-date": ("身份证号第7至14位不是日期", "请与身份证核对"),
    "id-check-digit": ("身份证号校验码不符，至少有一位数字有误", "请与身份证核对"),
    "phone-not-a-phone": ("这不是电话号码", "填写11位号码，或留空"),
    "serial-not-a-serial": ("“{text}”不是编号", "只填写数字和字母"),
    "number-not-digits": ("“{text}”不是发展团员编号", "只填写数字，见志愿书右上角"),
    "day-not-a-day": ("“{text}”不是日期", "请按“年-月-日”填写，例如 2023-05-04"),
    "day-month-only": ("“{text}”只有年月；入团各步骤须精确到日", "请填写年月日"),
    "hours-not-hours": ("“{text}”不是学时或小时数", "填写数字，如 8 或 8.5"),
    "count-not-a-count": ("“{text}”不是整数", "只填写数字"),
    "year-not-a-year": ("“{text}”不是年度", "填写四位数字，如 2023"),
    "text-too-long": ("文字有 {length} 个字，最多 {longest} 个", "请缩短"),
    "choice-unknown": ("“{text}”不在可选范围内", "可选：{known}"),
    # sheets
    "heading-twice": ("有两列都是{field}：“{first}”和“{second}”", "删除或改名其中一列"),
    "heading-missing": (
        "此表像是{kind}表，但缺少列：{missing}",
        "补上这些列（整张表同属一个团组织时用 --org）；或用 --kind 说明表格类别，用 --sheet 指定其他表",
    ),
    "sheet-not-there": ("没有名为“{sheet}”的工作表", "工作表有：{sheets}"),
    "file-says-nothing": (
        "该文件没有任何可识别表头的工作表",
        "按 leaguectl help import 所列表头填写",
    ),
    "file-too-slow": (
        "读取该文件超过 {seconds} 秒",
        "把有内容的单元格复制到新工作簿，另存为 .xlsx",
    ),
    "file-damaged": ("文件无法读取 {detail}", "用表格软件打开并另存为 .xlsx"),
    "file-not-a-table": ("该文件不是表格", "另存为 .xlsx 或 .csv"),
    "file-not-a-table/detail": ("该文件不是表格：{detail}", "另存为 .xlsx 或 .csv"),
    "file-too-large": (
        "该文件解开后过大（{detail}）",
        "把有内容的单元格复制到新工作簿，另存为 .xlsx",
    ),
    "file-crashes-reader": (
        "读取该文件时程序中断（{detail}）",
        "用表格软件打开并另存为 .xlsx",
    ),
    "file-old-workbook": (
        "该文件是 Excel 97 以前或不完整的旧格式",
        "用表格软件打开并另存为 .xlsx",
    ),
    "file-with-entities": (
        "该文件的 {part} 含有实体定义，正常表格不会有",
        "请与报送人核实，或复制到新工作簿",
    ),
    "file-part-twice": (
        "该文件含有两个 {part}，不同软件显示的内容不同",
        "重新另存为 .xlsx",
    ),
    "file-far-cell": ("{cell} 有内容，远在表格之外", "清除它，或把表格复制到新工作簿"),
    "file-far-cell/sheet": (
        "工作表“{sheet}”的 {cell} 有内容，远在表格之外",
        "清除它，或把表格复制到新工作簿",
    ),
    "file-without-sheets": ("该文件没有工作表", "重新另存为 .xlsx"),
    "file-encrypted": ("该文件有密码保护", "在表格软件中取消密码后保存"),
    # plans
    "row-repeated": ("与 {sheet} 第 {row} 行重复", "删除其中一行"),
    "organization-unknown": (
        "没有名为“{name}”的团组织",
        "更正名称，或先导入该团组织",
    ),
    "organization-unknown/near": (
        "没有名为“{name}”的团组织；相近的有：{near}",
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
        "更正名额；上限见本县规则文件 [[quota]] block_places",
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
        "该团员已于 {since} 由“{said}”转到“{known}”，保持现所在组织",
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
    "term-ended-with-organization": (
        "“{name}”已于 {dissolved} 撤销，该职务按同日终止登记",
        "如更早离任，请填写离任时间",
    ),
    "term-outlives-organization": (
        "离任时间 {until} 晚于“{name}”的撤销日期 {dissolved}",
        "更正日期：任职最迟与团组织同时终止",
    ),
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
    "day-ahead": ("{day} 尚未到来，今天是 {today}", "请在办理完成后登记：--on 日期"),
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
    "transfer-nowhere": ("已在“{organization}”", "请换一个团组织：--to"),
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
    "document-missing": ("须注明依据文件", "写明文号：--authority 文号"),
    "approval-missing": (
        "此事须经上级批准（{allowed}）",
        "写明批准单位：--approved-by 团组织，或县外批准单位的名称",
    ),
    "approval-not-theirs": (
        "“{approver}”无权批准此事，应由{allowed}批准",
        "leaguectl org show 可查上级；获授权的团委由本县规则文件规定",
    ),
    "not-of-age": (
        "{day} 时 {age} 周岁，超龄离团须满 {limit} 周岁",
        "leaguectl member aging 可查何人何时满 {limit} 周岁",
    ),
    "party-member-stays": ("是党员，按规定保留团籍", "由本县规则文件的 party_members_stay 决定"),
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
    "leave-who-why": (
        "请指明离团人员和原因",
        "写明人员和 --reason-kind，或用 --aged 办理所有超龄者",
    ),
    "lift-alone": ("--lift 是某日解除处分", "只给 --on 日期"),
    "since-needed": ("请注明起始日期", "加上 --since 日期"),
    # 团组织的变动
    "parent-not-allowed": (
        "“{parent}”是{above}，其下不能设{type}",
        "上级应是：{allowed}",
    ),
    "organization-moved-on": (
        "已于 {day} 由“{said}”划归“{known}”，保持不变",
        "更正表格；如需再次变更隶属关系：leaguectl org move",
    ),
    "organization-renamed": (
        "现名“{known}”，保持不变",
        "更正表格；如又更名：leaguectl org rename",
    ),
    "organization-named-so": ("名称未变", "请换一个名称"),
    "organization-there": ("已隶属“{parent}”", "请换一个团组织：--to"),
    "organization-there-already": ("已在库中，与所填一致", "leaguectl org show"),
    "organization-has-below": (
        "其下还有 {count} 个团组织：{names}",
        "先撤销，或变更其隶属关系；或用 leaguectl org merge",
    ),
    "organization-has-members": ("其中还有 {count} 名团员", "写明去向：--members-to 团组织"),
    "organization-has-cases": (
        "其中还有 {count} 名发展过程未结束的人",
        "写明去向：--members-to 团组织",
    ),
    "organization-to-itself": ("团员不能转入本组织自身", "请换一个团组织"),
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
    # rules: entry
    "one-number": (
        "编号 {number} 已由{holder}持有",
        "核对两份志愿书；未定归属时：leaguectl number dispute {number} --claim 姓名",
    ),
    "one-number/void": ("编号 {number} 已作废：{void}", "作废编号不再使用，请用下一个"),
    "one-number/has": (
        "{person}已有编号 {has}，此处为 {number}",
        "一人一号：与志愿书核对",
    ),
    "one-form": ("志愿书 {form} 已属于{holder}", "核对两份志愿书"),
    "one-form/has": ("{person}已有志愿书 {has}，此处为 {form}", "一人一书：与材料核对"),
    "one-certificate": (
        "团员证 {certificate} 已属于{holder}",
        "核对两本团员证",
    ),
    "one-certificate/has": (
        "{person}已有团员证 {has}，此处为 {certificate}",
        "一人一证：与材料核对",
    ),
    "certificate-format": (
        "团员证编号 {certificate} 的位数不合本地编号方案：{digits}",
        "与团员证核对；编号方案见本县规则文件 [[certificate]] digits",
    ),
    "number-format": (
        "编号 {number} 有 {has_digits} 位，该年应为 {digits} 位",
        "按志愿书重新填写",
    ),
    "number-year": (
        "编号 {number} 的前四位与入团时间（{joined}）不符，应为：{years}",
        "编号与入团时间都与志愿书核对",
    ),
    "number-missing": (
        "{joined} 入团；自 {since} 起发展的团员都有编号",
        "按志愿书右上角填写",
    ),
    "age-at-joining": (
        "{joined} 入团时 {age} 周岁，应为 {minimum} 至 {maximum} 周岁",
        "入团时间与志愿书核对",
    ),
    # rules: gate
    "one-person": ("{person}已是团员（{joined} 入团）", "不得重复发展，删除该行"),
    "one-person/admitted": ("{person}已于 {admitted} 入团", "不得重复发展，删除该行"),
    "number-in-block": (
        "编号 {number} 不在本组织的任何号段内",
        "使用本组织号段：{blocks}",
    ),
    "number-in-block/no_quota": (
        "编号 {number} 不在本组织的任何号段内，本组织没有 {no_quota} 年的名额",
        "先导入该年的发展计划",
    ),
    "number-in-block/owner": (
        "编号 {number} 属于{owner}的号段",
        "使用本组织号段：{blocks}",
    ),
    "certificate-given": ("{person}没有登记团员证", "补上团员证编号后重新导入"),
    "place-left": ("本组织及各上级都没有{year}年的发展计划", "先导入{year}年的发展计划"),
    "place-left/used": (
        "{holder}{year}年名额已用完：名额 {places}，已用 {used}，作废 {void}，分给下级 {below}",
        "可向上级申请追加名额；只有文件允许时才能占用上级空余名额：--reason 原因 --authority 文号",
    ),
    "age-at-application": (
        "{applied} 申请时 {age} 周岁，应为 {minimum} 至 {maximum} 周岁",
        "与身份证核对；未满年龄的可以后再申请",
    ),
    "dates-in-order": ("{late}（{second}）早于{early}（{first}）", "各日期与材料核对"),
    "dates-tied": ("{early}与{late}是同一天（{day}）", "审核要求各步骤依次顺延一天"),
    "talk-within-a-month": (
        "谈话 {talked} 距申请 {applied} 超过 {limit} 天",
        "日期与材料核对",
    ),
    "activist-months": (
        "{activist} 确定为积极分子，{meeting} 开支部大会，不满 {months} 个月",
        "支部大会最早可在 {earliest} 召开",
    ),
    "course-hours": ("团课 {hours} 学时，至少 {minimum} 学时", "先补足团课"),
    "service-hours": ("志愿服务 {hours} 小时，要求 {minimum} 小时", "与志愿服务记录核对"),
    "two-introducers": ("两名介绍人都是{introducer}", "介绍人须为两名不同的团员"),
    "quorum": (
        "应到 {due} 人，实到 {present} 人，须超过半数",
        "与会议记录核对；不足法定人数的须重开支部大会",
    ),
    "majority-of-present": (
        "实到 {present} 人，赞成 {in_favour} 票，须超过半数",
        "与会议记录核对；未过半数的不得入团",
    ),
    "majority-of-due": (
        "应到 {due} 人，赞成 {in_favour} 票，应超过半数",
        "与会议记录核对",
    ),
    "approval-within-days": (
        "支部大会 {meeting}，审批 {approved}，超过 {limit} 天",
        "日期与材料核对",
    ),
    # rules: standing
    "chain-closed": (
        "人、号、书、证未能相互对应，断在：{missing}",
        "与材料核对；登记库曾被其他程序改动",
    ),
    "admission-recorded": (
        "{joined} 由发展入团，但发展记录不见了",
        "登记库曾被其他程序改动，请恢复最近的备份",
    ),
    "organization-placed": (
        "{type}设在“{parent}”（{above}）之下",
        "更正类型，或 leaguectl org move",
    ),
    "organization-rooted": (
        "向上追溯到 {above}，而它不存在或在其之下",
        "登记库曾被其他程序改动，请恢复最近的备份",
    ),
    "number-has-member": (
        "编号 {number} 已使用，但不属于任何现在或曾经的团员",
        "leaguectl member show {number}",
    ),
    "number-admitted": (
        "本地号段的编号 {number} 由{person}使用，但没有发展记录",
        "导入其发展团员记录",
    ),
    "number-year-kept": (
        "编号 {number}（{year}年）不属于任何号段",
        "登记库曾被其他程序改动，请恢复最近的备份",
    ),
    "number-year-kept/block": (
        "编号 {number}（{year}年）与所在号段 {block} 不符",
        "登记库曾被其他程序改动，请恢复最近的备份",
    ),
    "block-adds-up": (
        "名额 {places}，号段 {block} 有 {size} 个编号，台账有 {rows} 个",
        "登记库曾被其他程序改动，请恢复最近的备份",
    ),
    "block-within": (
        "号段 {block} 与 {other} 不符",
        "登记库曾被其他程序改动，请恢复最近的备份",
    ),
    "member-has-home": (
        "所在团组织 {organization} 不存在或已撤销",
        "把该团员转到其他团组织",
    ),
    "joined-by-admission": (
        "{joined} 入团，该年有发展计划，但没有发展记录",
        "导入其发展团员记录",
    ),
    "one-id-number": (
        "身份证号 {id_number} 登记在多人名下",
        "与身份证核对；登记库曾被其他程序改动",
    ),
    "serial-distinct": (
        "编号“{serial}”不是印制的编号",
        "用正确的编号补发：leaguectl certificate reissue",
    ),
    "serial-distinct/same": (
        "编号“{serial}”与{holder}的“{same}”只是写法不同",
        "与两份证书核对；leaguectl certificate reissue 可换发另一编号",
    ),
    "id-number-valid": ("身份证号 {id_number} 校验码不符", "与身份证核对"),
    # rules: papers
    "number-disputed": (
        "编号 {number} 由{holder}持有，{claim}也主张该编号（{opened} 起）",
        "核对双方志愿书后：leaguectl number settle {number} --outcome 处理结果",
    ),
    "admitted-beyond-quota": (
        "{organization}超指标发展，占用{owner}的名额，依据 {authority}",
        "无须更正；只要该次发展有效，就会一直列出",
    ),
    "form-size": (
        "志愿书 {form} 的扫描件 {megabytes} MB，不得超过 {most} MB",
        "降低清晰度或改灰度重新扫描后再登记",
    ),
    "form-pages": (
        "志愿书 {form} 的扫描件 {pages} 页，应为 {wanted} 页",
        "与纸质志愿书核对后重新登记",
    ),
    # rules: the rest of the book, in its order
    "number-province": (
        "没有省级代码 {province}（编号 {number} 第五、六位）",
        "照志愿书重抄；此处缺少的代码可写入本县规则文件",
    ),
    "joined-in-future": ("入团时间 {joined} 晚于今天（{today}）", "与志愿书核对"),
    "age-at-meeting": (
        "支部大会 {meeting} 时已 {age} 周岁，不得超过 {maximum} 周岁",
        "届时超龄的不发展；请核对材料日期",
    ),
    "activist-age": (
        "{activist} 确定为积极分子，早于 {earliest} 满 {age} 周岁",
        "核对材料日期；首次团课最早 {earliest}",
    ),
    "earliest-admission": (
        "支部大会 {meeting} 距年满 {age} 周岁不足 {months} 个月",
        "支部大会最早 {earliest} 召开",
    ),
    "dates-in-future": (
        "{step} {day} 晚于今天（{today}）",
        "核对材料日期；尚未发生的不登记",
    ),
    "steps-recorded": ("{step}没有记录", "照材料补填"),
    "notice-days": (
        "公示 {first} 至 {last} 共 {days} 天，至少 {minimum} 天",
        "与公示核对；时间不足的重新公示",
    ),
    "leaving-soon": (
        "{meeting} 发展，距该班 {leaves} 离校不足 {months} 个月",
        "与学校核对；即将离校的到新单位发展",
    ),
    "admitted-by-branch": (
        "{name}是{type}，发展团员由团支部大会通过",
        "填写召开大会的团支部",
    ),
    "admitted-by-branch/founded": (
        "{name}成立于 {founded}，晚于支部大会 {meeting}",
        "填写召开大会的团支部，或更正成立日期",
    ),
    "introducer-not-self": ("发展对象{introducer}自己作介绍人", "由另外两名团员介绍"),
    "introducer-member": (
        "{organization}及所属团委没有名为{introducer}的团员",
        "与志愿书核对；介绍人当日须是团员",
    ),
    "introducer-in-standing": (
        "{introducer}自 {since} 起受留团察看，{meeting} 支部大会时尚未期满",
        "由另一名团员介绍",
    ),
    "same-introducers": (
        "线索：{pair}在 {year} 年介绍了本支部 {count} 名发展对象，一般不超过 {most} 名",
        "向支部了解；请由不同的团员介绍",
    ),
    "votes-possible": ("{more} {many} 多于{fewer} {few}", "与会议记录核对"),
    "approval-power": (
        "{approved_by}是{type}，没有审批权",
        "填写审批的上级团委；如经授权，在本县规则文件中写明",
    ),
    "approval-power/itself": (
        "由{approved_by}审批，而它就是发展的支部",
        "由上级团委审批，请填其名称",
    ),
    "approval-power/elsewhere": ("审批单位{approved_by}不是该支部的上级", "填写审批的上级团委"),
    "joined-at-meeting": (
        "入团时间 {joined}，而支部大会在 {meeting}",
        "更正入团时间：以支部大会通过之日为准",
    ),
    "one-home": (
        "{day} 编入{second}时仍编在{first}",
        "在该日结束前一段团籍",
    ),
    "branch-size": (
        "{day} 有团员 {members} 人，团支部应为 {least} 至 {most} 人",
        "与其他支部合并，或分设；放宽的在本县规则文件中写明",
    ),
    "branch-emptied": (
        "曾有的 {had} 名团员到 {day} 已全部离开",
        "撤销该支部，或更正团员所在支部",
    ),
    "term-over": (
        "{elected} 选举产生，任期 {years} 年已于 {ended} 届满",
        "及时换届，并登记换届日期",
    ),
    "secretary-missing": ("有任职记录，但 {day} 没有书记", "任命书记，或补登任职"),
    "seats-exceeded": ("在任 {held} 人，职数 {seats} 人（{of}）", "办理离任，或更正职数"),
    "post-holder-left": (
        "任{organization}{post}，但已于 {left} 离团或转出",
        "在该日办理离任",
    ),
    "post-organization-closed": (
        "任{organization}{post}，但该组织已于 {dissolved} 撤销",
        "在该日办理离任：leaguectl post end",
    ),
    "over-age": (
        "{turned} 满 {age} 周岁，没有团内职务，仍编在{organization}",
        "办理超龄离团，或补登职务",
    ),
    "form-unfiled": (
        "志愿书 {form} 的扫描件应在 {until} 前归档（{approved} 审批）",
        "归档：leaguectl form receive",
    ),
    "certificate-early": (
        "团员证 {certificate} 颁发于 {issued}，早于审批 {approved}",
        "核对材料日期",
    ),
    "certificate-not-returned": (
        "{left} 已离团，而团员证 {certificate} 仍有效",
        "收回：leaguectl certificate recall",
    ),
    "numbers-unused": (
        "{year} 年编号还有 {free} 个未用，{ends} 后不能再用",
        "及时使用、交回名额，或说明原因作废：leaguectl number void",
    ),
    "excellent-share": (
        "{year} 年参评 {graded} 人，优秀 {excellent} 人；上限 {limit}",
        "与评议记录核对",
    ),
    "review-share": (
        "{year} 年述职评议 {graded} 名书记，优秀 {excellent} 名；上限 {limit}",
        "与评议决定核对",
    ),
    "ratio-capped": (
        "{year} 年{stage}：{people} 人中团员 {members} 人，比例 {share}；上限 {limit}",
        "与基数摸底核对；下年少安排名额",
    ),
    "near-all": (
        "线索：{year} 年{stage} {people} 人中团员 {members} 人，比例 {share}",
        "了解是否自愿、是否择优；上限 {limit} 在本县规则文件中设定",
    ),
    "meeting-crowded": (
        "线索：{day} 一天发展 {count} 人，一般不超过 {most} 人",
        "查看会议记录",
    ),
    "same-dates": (
        "线索：{count} 人同在 {applied} 申请、{activist} 确定为积极分子、{meeting} 入团",
        "与申请书核对日期",
    ),
    "same-votes": (
        "线索：{day} 的 {count} 名发展对象票数全同：应到 {due}、实到 {present}、赞成 {in_favour}",
        "查看会议记录：发展对象应逐个表决",
    ),
    "admissions-bunched": (
        "线索：全年发展 {all} 人，其中 {count} 人集中在{span}（{first} 起），占 {share}",
        "查看会议记录；全年均衡发展",
    ),
    "numbers-rushed": (
        "线索：全年发展 {all} 人，其中 {count} 人在 {since} 以后审批，占 {share}",
        "查看材料；全年均衡发展",
    ),
    "database-broken": ("数据库自检发现损坏：{detail}", "恢复最近的备份"),
    # errors: numbers
    "void-needs-reason": ("编号作废须写明原因并留存", "加上 --reason 原因"),
    "number-not-found": ("台账里没有编号 {number}", "leaguectl number usage 年度 列出各号段"),
    "number-void": ("编号 {number} 已作废：{void}", "无须处理；作废编号不再使用"),
    "number-in-use": (
        "编号 {number} 由{holder}使用，自操作 {operation} 起",
        "登记有误的可撤销：leaguectl undo {operation}；另有人主张该编号的："
        "leaguectl number dispute {number} --claim 姓名",
    ),
    "numbers-not-free": (
        "这些编号不是未用编号：{numbers}",
        "只作废未用编号；查看：leaguectl number show 编号",
    ),
    "dispute-of-nobody": (
        "编号 {number} 在本库中无人持有，不构成争议",
        "如外地有人使用：leaguectl number void {number} --reason 原因",
    ),
    "dispute-with-himself": ("{holder}本来就持有编号 {number}", "写明另一位申报该编号的人"),
    "dispute-open": (
        "编号 {number} 已有未处理完毕的争议",
        "先处理：leaguectl number settle {number} --outcome 处理结果",
    ),
    "dispute-not-found": (
        "编号 {number} 没有未处理完毕的争议",
        "leaguectl number disputes 列出未处理完毕的",
    ),
    # errors: papers
    "form-none": ("{person}没有有效的志愿书", "先导入或办理该次发展"),
    "form-filed": (
        "志愿书 {form} 的扫描件已于 {received} 登记",
        "如要替换：加上 --reason 原因",
    ),
    "form-not-found": (
        "没有编号为“{text}”的志愿书，也没有此人的志愿书",
        "leaguectl member find 姓名",
    ),
    "scan-of-another": (
        "同一份扫描件已登记为{holder}的志愿书 {form}",
        "两份文件与纸质志愿书核对",
    ),
    "scan-of-nobody": (
        "文件名里没有团员的编号",
        "文件名写上发展团员编号，或单个文件加 --member 某人",
    ),
    "scan-too-large": (
        "{file} 超过 {most} MB",
        "改灰度或降低清晰度重新扫描；上限见本县规则文件 [[form]] megabytes",
    ),
    "scan-not-a-pdf": ("{file} 不是 PDF", "把扫描件存为 PDF"),
    "scan-encrypted": ("{file} 有密码保护", "去掉密码后另存"),
    "scan-damaged": ("无法数出 {file} 的页数", "用 PDF 软件打开另存，或重新扫描"),
    "scan-nothing": ("没有要登记的 PDF 文件", "写明一个 PDF 文件，或含 PDF 的文件夹"),
    "scan-one-person": ("--member 只用于一个文件", "不写 --member：各文件按文件名里的编号登记"),
    "certificate-held": (
        "{person}已有团员证 {certificate}",
        "遗失补发：leaguectl certificate reissue 某人 --reason 原因",
    ),
    "certificate-which": ("{person}没有可作团员证编号的发展团员编号", "写明 --serial 编号"),
    "certificate-none": ("{person}没有有效的团员证", "leaguectl certificate issue 某人"),
    "certificate-not-found": (
        "没有编号为“{text}”的团员证，也没有此人的团员证",
        "leaguectl member find 姓名",
    ),
    "certificate-replaced": ("团员证 {certificate} 已被后发的替换", "换一个 --serial 编号"),
    "certificate-kept": (
        "本地补发团员证沿用原号 {certificate}",
        "不写 --serial；办法见本县规则文件 [[certificate]] reissue",
    ),
    "certificate-renumbered": (
        "本地补发团员证另编新号，原号 {certificate} 留作已换发",
        "加上 --serial 编号；办法见本县规则文件 [[certificate]] reissue",
    ),
    "reissue-needs-reason": ("补发团员证须写明原因", "加上 --reason 原因"),
    "recall-needs-document": (
        "收回团员证须写明原因和依据",
        "加上 --reason 原因 --authority 文号",
    ),
    # errors
    "as-of-before-year": ("{day} 早于 {year} 年", "填写该年内的日期，或改查那一天所在的年度"),
    "color-unknown": ("没有颜色设置 {color}", "auto、always 或 never"),
    "ending-unknown": (
        "{file}：没有扩展名为 {ending} 的格式",
        "扩展名用 .json、.csv、.tsv 或 .md，或用 -O 指定格式",
    ),
    "policy-not-toml": ("本县规则文件不是 TOML：{detail}", "更正该行"),
    "policy-not-valid": ("本县规则文件有误：{detail}", "更正这些项"),
    "db-unknown": (
        "登记库不能放在 {scheme}://",
        "填写文件路径、sqlite:///路径 或 postgresql://…",
    ),
    "database-not-ours": ("{db} 不是登记库", "换一个 --db；没有改动任何内容"),
    "database-newer": (
        "{db} 由更新的版本建立（结构 {found}，本程序为 {known}）",
        "安装最新的 leaguectl",
    ),
    "database-older": (
        "{db} 由较旧的版本建立（结构 {found}，本程序为 {known}）",
        "leaguectl upgrade",
    ),
    "database-busy": ("{db} 正被其他程序锁定", "等它完成后再试"),
    "database-damaged": ("{db} 无法读取：{detail}", "恢复最近的备份"),
    "database-nonsense": (
        "表 {table} 中有不成立的数值，曾被其他程序改动",
        "leaguectl check 列出它们；恢复最近的备份",
    ),
    "database-unreadable": ("{db} 无法打开", "检查文件权限"),
    "database-unreachable": ("{db} 没有应答", "请检查服务器是否在运行、地址是否正确"),
    "database-unwritable": ("{db} 无法写入 {detail}", "检查文件权限"),
    "database-full": ("{db} 所在磁盘已满；未写入任何内容", "清出空间后再试"),
    "registry-exists": ("{db} 已存在", "换一个 --db"),
    "registry-not-found": (
        "{db} 处没有登记库",
        "新建：leaguectl init，或 leaguectl import 文件",
    ),
    "database-refuses": ("数据库拒绝该改动：{constraint}", "leaguectl check"),
    "year-closed": (
        "{years} 年数据已锁定，此操作会改动：{figures}",
        "更正须说明原因：--reason 文字；之后 leaguectl year diff 会列出",
    ),
    "year-closed-already": (
        "{year} 年数据已经锁定",
        "leaguectl year diff {year}；如需解除锁定，请撤销该次锁定操作",
    ),
    "year-not-closed": ("{year} 年数据尚未锁定", "leaguectl year close {year}"),
    "year-not-over": ("{year} 年尚未结束（今天是 {today}）", "年度结束后再锁定"),
    "year-unbalanced": (
        "{year} 年团员数不平：年初 + 发展 + 转入 − 转出 − 离团 = {balance}，年末为 {total}",
        "leaguectl check 会指出互相矛盾的行",
    ),
    "fall-unexplained": (
        "比上年下降而没有说明：{fallen}",
        "逐项说明：--explain 指标=文字",
    ),
    "explained-unknown": ("没有指标 {key}", "可用：{known}"),
    "explain-needs-key": ("“{text}”没有指明指标", "指标=文字，例如 members.total=毕业转出"),
    "assert-needs-value": ("“{text}”不是指标及其数值", "指标=数值，例如 members.total=5187"),
    "as-closed-alone": ("--as-closed 显示锁定时的全县数据", "去掉 --org、--as-of 和 --compare"),
    "figure-differs": (
        "{key} 上报为 {said}（{source}），按数据为 {now}",
        "更正数据，或重新登记上报数：leaguectl assert",
    ),
    "closing-altered": (
        "{year} 年的锁定数据与锁定时不同",
        "被其他程序改动；从备份恢复",
    ),
    "places-beyond-room": (
        "可发展余量只有 {room} 名，不足 {places} 名",
        "减少名额，或在本县规则文件中另设上限",
    ),
    "operation-not-found": ("没有操作 {operation}", "leaguectl log 列出全部操作"),
    "undo-undone": (
        "操作 {operation} 已由操作 {by} 撤销",
        "要重做：leaguectl undo {by}",
    ),
    "undo-overtaken": (
        "后来的操作建立在操作 {operation} 之上：{later}",
        "先撤销它们，由新到旧",
    ),
    "undo-nothing": ("操作 {operation} 没有改动任何数据", "leaguectl show {operation}"),
    "registry-changed": ("登记库已被他人改动（{noun}）；未写入任何内容", "重新运行该命令"),
    "file-not-found": ("{file} 无法打开：{detail}", "检查路径"),
    "file-not-written": ("{file} 无法写入：{detail}", "在其他程序中关闭它，或换一个 -o"),
    "member-not-found": ("没有“{text}”", "leaguectl member find 姓名的一部分"),
    "member-ambiguous": ("“{text}”有 {count} 人：{candidates}", "填写人员序号或编号"),
    "organization-not-found": ("没有名为“{name}”的团组织", "leaguectl org tree 列出全部"),
    "organization-not-one": (
        "有多个团组织名为“{name}”：{candidates}",
        "请填编码，或写成“上级/全称”",
    ),
    "rule-not-there": ("没有规则 {rule}", "leaguectl rules 列出全部规则"),
    "rule-not-there/near": ("没有规则 {rule}；相近的有：{near}", "leaguectl rules 列出全部规则"),
    "rule-unknown": ("没有规则 {codes}", "leaguectl rules 列出全部规则"),
    "rule-unknown/near": ("没有规则 {codes}；相近的有：{near}", "leaguectl rules 列出全部规则"),
    "figure-unknown": ("没有指标 {key}", "已有：{known}"),
    "format-unknown": ("没有格式 {format}", "可选：{known}"),
    "edit-nothing": ("没有要改的内容", "加 --name、--id-number、--phone 或 --politics"),
    "person-same": ("两处指的是同一个人", "请指定两个人；leaguectl dup list"),
    "export-several": ("多类登记表（{kinds}）须写入同一工作簿", "加 -o 文件.xlsx，或只选一类"),
    "export-no-organization": ("{kind}的行不属于任何团组织", "去掉 --org"),
    "kind-unknown": ("没有表格类别 {kind}", "可选：{known}"),
    "language-unknown": ("没有语言 {language}", "zh 或 en"),
    "day-unknown": ("“{text}”不是日期", "请按“年-月-日”填写，例如 2023-05-04"),
    "province-unknown": ("“{text}”不是省份代码", "两位数字，如 65"),
    "reveal-needs-reason": (
        "--reveal 显示个人信息，须说明理由并留痕",
        "加上 --reason 理由",
    ),
    "admit-nothing": (
        "没有发展对象",
        "给出文件，或用 --name、--id-number、--org 等选项给出一人",
    ),
    "declined": ("已取消，什么也没有写入", ""),
    "confirmation-needed": ("须先确认，而这里没有终端可问", "确认请加 --yes"),
    "confirmation-needed/people": (
        "涉及{people}人，须先确认，而这里没有终端可问",
        "确认请加 --yes",
    ),
    "introducers-two": ("介绍人多于两名", "--introducer 填两次，每名一次"),
    "map-unknown": ("“{map}”没有把表头对应到列名（字段）", "表头=字段；字段有：{known}"),
    "import-nothing": ("没有要导入的内容", "给出一个或多个文件，或 --apply 计划文件"),
    "import-both": ("文件与 --apply 不能同时使用", "计划中已有其文件"),
    "plan-not-a-plan": ("{file} 不是计划文件", "生成：leaguectl import 文件 --plan-out 计划文件"),
    "plan-of-another-version": ("{file} 由其他版本生成（{found}）", "重新生成计划"),
    "plan-file-changed": ("{file} 在生成计划后有改动；未写入任何内容", "重新生成计划"),
    "reply-not-made": ("{file} 无法生成回复", "用表格软件另存为 .xlsx 后再试"),
    "reply-over-source": ("{file} 就是送来的文件", "给回复另起文件名"),
    "reply-without-file": ("回复是送来文件的副本", "给出文件，且不用 --apply"),
    "ending-not-xlsx": ("{file} 不是工作簿的文件名", "扩展名用 .xlsx"),
    "admit-both": ("文件与选项不能同时使用", "只用其中一种"),
    "config-not-toml": ("配置文件 {file} 不是 TOML：{detail}", "更正该行"),
    "config-headings": (
        "配置文件 {file} 的 [headings] 不是表",
        '在 [headings] 下写 "表头" = "字段"',
    ),
    "config-unknown": ("配置文件 {file} 有未知的项：{keys}", "已有：{known}"),
    "limit-unknown": ("配置文件 {file} 中的 {key} 不是可设的限额", "可设：{known}"),
    "limit-not-a-limit": (
        "配置文件 {file} 把 {key} 设为 {value}",
        "填 {least} 到 {most} 之间的整数",
    ),
    "config-not-found": ("没有配置文件 {file}", "更正 LEAGUECTL_CONFIG"),
    # cases
    "id-number-absent": (
        "只有姓名无法确定是谁，{name}没有身份证号",
        "增加身份证号一列；或写明已有发展过程者的出生日期和团支部",
    ),
    "id-number-absent/several": (
        "该团支部有 {several} 人名为{name}且同日出生",
        "请填写身份证号",
    ),
    "branch-not-said": (
        "没有写明{name}的团支部",
        "增加所在团支部一列，或用 --org 团支部 指明整张表",
    ),
    "case-differs": (
        "库中为 {known}，此处为 {said}",
        "与材料核对；更正：leaguectl case advance 姓名 … --reason 理由",
    ),
    "case-differs/admits": (
        "发展过程中为 {known}，发展记录中为 {said}",
        "与材料核对；以发展记录为准",
    ),
    "case-closed": (
        "该发展过程已于 {closed} 结束：{state}",
        "重新申请的，另建：leaguectl case open",
    ),
    "case-goes-on": (
        "该发展过程在 {day} 还有步骤，晚于 {closed}",
        "结束日期不得早于该日：--on 日期",
    ),
    "case-open-already": (
        "{name}在{organization}已有未结束的发展过程",
        "leaguectl case advance {name} …",
    ),
    "case-not-found": (
        "没有名为“{text}”的发展过程",
        "leaguectl case list --all；新建：leaguectl case open",
    ),
    "case-ambiguous": ("名为“{text}”的有 {count} 人：{candidates}", "填写人员序号"),
    "stage-not-shown": ("表中写为该阶段，但缺少：{missing}", "请填写日期"),
    "stage-unknown": ("没有阶段“{text}”", "可选：{known}"),
    "advance-nothing": (
        "没有要登记的内容",
        "给出已知的步骤，如 --talked 2023-09-20",
    ),
    "contacts-two": ("培养联系人多于两名", "--contact 填两次，每名一次"),
    "close-how": ("请注明发展过程的结果", "--refused 或 --withdrawn 填一个"),
    "case-close-why": ("结束发展过程须说明理由并留痕", "加上 --reason 理由"),
    "admit-case-both": ("给出文件时，各行自动取用发展过程中的内容", "给出文件，或 --case 姓名"),
    "due-unknown": ("没有这类到期事项：{kinds}", "已有：{known}"),
    # posts
    "post-not-found": ("没有任期 {id}", "leaguectl post list 可列出；往期加 --past"),
    "term-ended": ("此任期已于 {until} 结束", "要更正日期：--reason 理由"),
    "packet-of-admissions": (
        "分单位名单只用于发展团员，不用于：{kinds}",
        "leaguectl export admissions --per-organization -o 文件夹",
    ),
    "packet-needs-folder": ("分单位名单写入一个文件夹", "加上 -o 文件夹"),
    "year-per-organization": (
        "--year 只用于分单位名单",
        "加上 --per-organization -o 文件夹，或去掉 --year",
    ),
    "folder-not-empty": ("{folder} 已存在", "换一个新的或空的文件夹"),
}
"""Findings and errors: the message and the remedy."""

LINES = {
    "in-rows": "{message}（第 {rows} 行）",
    "comma": "、",
    "yes": "是",
    "no": "否",
    "error": "错误",
    "warning": "提醒",
    "fix": "→ ",
    "imported": "读取 {read} · 新增 {created} · 更新 {updated} · 未变 {unchanged} · 未通过 {rejected}",
    "operation": "操作号 {operation}",
    "dry-run": "试运行：未写入任何内容",
    "plan-kept": "计划已存入 {file}；执行：leaguectl import --apply {file}",
    "plan-not-kept": "没有保存计划：没有可写入的内容，或有错误",
    "file-written": "已写入 {file}",
    "dup-none": "没有疑似同一人的两条记录",
    "exported": "{kind}：{rows} 行",
    "export-masked": "身份证号、电话已遮盖，import 无法再读入；需要可读入的文件：--reveal --reason 理由",
    "reply-title": "问题清单",
    "reply-level": "级别",
    "reply-file": "文件",
    "reply-sheet": "工作表",
    "reply-cell": "单元格",
    "reply-code": "代码",
    "reply-reason": "问题",
    "reply-remedy": "处理",
    "reply-sent-as": "原单元格",
    "reply-note": "红色须改正，黄色请核对。直接在本文件中改好后发回。",
    "reply-clean": "没有发现问题。",
    "quota-no-document": "未注明文号：用 --authority 记下调整名额所依据的文件",
    "since-operation": "自操作 {operation} 起",
    "nothing-written": "未写入任何内容",
    "nothing-to-write": "无需写入：内容均已在库中",
    "nothing-to-do": "没有需要办理的",
    "valid-only-hint": "只导入无错误的行：--valid-only",
    "registry-made": "已新建登记库 {db}",
    "registry-would": "将新建登记库 {db}",
    "upgraded": "{db}：结构 {before} → {after}；旧库的副本在同一文件夹",
    "upgrade-none": "{db}：结构 {after} 已是最新",
    "sheet-read": "{file}!{sheet}：{kind}，表头在第 {row} 行",
    "sheet-left": "{file}!{sheet}：不是本系统的表，未读取",
    "sheet-hidden": "{file}!{sheet}：此工作表是隐藏的",
    "rows-hidden": "{file}!{sheet}：以下各行是隐藏的，已读取：{rows}",
    "columns-hidden": "{file}!{sheet}：以下各列是隐藏的，已读取：{columns}",
    "sheet-dues": "{file}!{sheet}：团费表，表头在第 {row} 行：不登记，本库不管团费",
    "sheet-organization-statistics": "{file}!{sheet}：组织数据统计表，表头在第 {row} 行：不登记，汇总数由"
    " leaguectl stats 从逐行数据统计",
    "columns-left": "    未读取的列：{columns}",
    "rows-left": "    未读取的行：{rows}",
    "admitted-count": "发展 {admitted} 人 · 未通过 {refused} 人",
    "check-counts": "错误 {error} 条，提醒 {warning} 条",
    "found-none": "没有找到",
    "progress-plan": "逐行核对",
    "bug": "leaguectl：程序自身出错（{kind}）。详情见 {log}；加 --debug 可在此显示",
    "bug-no-log": "leaguectl：程序自身出错（{kind}）；加 --debug 显示详情",
    "year-closed": "{year} 年数据已锁定；数据的 SHA-256：{sha256}",
    "plan-others": "其余（未摸底）",
    "plan-total": "合计",
    "assumed": "假设：{text}",
    "plan-day": "团员数截至 {day}",
    "plan-ageing": "{year} 年底前满 {age} 周岁且没有团内职务的离团",
    "plan-party-stays": "党员到龄后保留团籍",
    "plan-graduating": "毕业班团支部随班毕业离开（{year} 年毕业的，及未写毕业年份的）",
    "plan-transferring": "待转出县外的全部转出",
    "plan-survey": "学生数、青年数按 {year} 年以前最近一次摸底不变",
    "plan-cap": "将升入毕业班的班级先按毕业班的上限控制；即将毕业的班级不再发展",
    "plan-places": "离开多少补多少，使总数不降，但不超过可发展余量；给出 --places 时按此分配（最大余数法），不超过可发展余量",
    "plan-left-out": "下级已摸底，上级的摸底数不再计入：{names}",
    "tie-breaks": "排名依据：{names}；全部相同的并列",
    "rank-none": "没有 {year} 年的得分：请导入考核表",
    "policy-packaged": "没有本县的政策文件：按自带规则执行",
    "undone": "操作 {undone} 已撤销：移除新增 {rows_removed} 条，还原修改 {rows_changed} 条，找回删除 {rows_restored} 条",
    "undo-would": "撤销操作 {undone} 将：移除新增 {rows_removed} 条，还原修改 {rows_changed} 条，找回删除 {rows_restored} 条",
    "off": "关闭",
    "none": "无",
    "figure-in-force": "{key} = {value}，自 {since} 起（{origin}）：{source}",
    "interrupted": "已中断：没有写入一半的内容",
    # cases
    "case-next": "{name}，{organization}：下一步是{step}；尚缺：{lacks}",
    "case-complete": "{name}，{organization}：十五个步骤均已完成",
    "case-ended": "{name}，{organization}：{day} {state}；{reason}",
    "case-closed-now": "{name}的发展过程：{day} {state}",
    # what falls due
    "due-talk": "{about}：派人谈话",
    "due-step": "{about}：可以{step}",
    "due-approval": "{about}：上级团委审批",
    "due-form": "{about}：志愿书 {form} 归档",
    "due-numbers": "{count} 个编号未使用：{first} 至 {last}",
    "due-dispute": "编号 {number}：{about} 也申报此编号，尚未处理完毕",
    "due-age": "{about} 年满 {age} 周岁且没有团内职务",
    "due-transfer": "{about}：组织关系从 {source} 转到 {target}",
    "due-graduates": "已毕业班级尚有 {count} 名团员，应转出组织关系",
    "due-probation": "{about}：留团察看期满",
    "due-registration": "{count} 名团员未办理 {year} 年度团籍注册",
    "due-election": "换届；上次换届 {elected}，每届 {years} 年",
    "due-post": "{about}：{post}任期届满",
    "due-secretary": "没有书记（空缺 {count}）",
    "due-task": "{module}：{about}",
    "due-count": "到期事项 {count} 件，其中逾期 {overdue} 件",
    "due-calendar": "共青团到期事项",
    "due-by": "截至当日须完成",
    "due-from": "当日起可以办理",
    "due-overdue": "生成日历时已逾期",
    "seats-counted": "职数 {seats} · 已配 {filled} · 空缺 {empty}",
    "packets-written": "{year} 年：{files} 份名单，{people} 人，在 {folder}",
    "confirm": "继续吗？[y/N]",
    "confirm-people": "涉及 {people} 人。继续吗？[y/N]",
    "confirm-yes": "y yes 是",
    "verbose-registry": "登记库：{db}（来自 {origin}）",
    "verbose-today": "今天：{day}（来自 {origin}）",
    "verbose-took": "用时 {seconds} 秒，操作人 {actor}",
    "packets-masked": "身份证号已遮盖；上报用的名单：--reveal --reason 理由",
}
"""Lines for people, most of them on stderr, and the fixed words of an answer."""
