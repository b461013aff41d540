"""中文: what stops a command."""

CODES = {
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
        "这些编号不是空号：{numbers}",
        "只作废空号；查看：leaguectl number show 编号",
    ),
    "dispute-of-nobody": (
        "编号 {number} 在本地无人持有，谈不上争议",
        "如外地有人使用：leaguectl number void {number} --reason 原因",
    ),
    "dispute-with-himself": ("{holder}本来就持有编号 {number}", "写明另一位主张人"),
    "dispute-open": (
        "编号 {number} 已有未了结的争议",
        "先了结：leaguectl number settle {number} --outcome 处理结果",
    ),
    "dispute-not-found": (
        "编号 {number} 没有未了结的争议",
        "leaguectl number disputes 列出未了结的",
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
        "改灰度或降低清晰度重新扫描；上限见政策文件 [[form]] megabytes",
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
        "不写 --serial；办法见政策文件 [[certificate]] reissue",
    ),
    "certificate-renumbered": (
        "本地补发团员证另编新号，原号 {certificate} 留作已换发",
        "加上 --serial 编号；办法见政策文件 [[certificate]] reissue",
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
    "policy-not-toml": ("规则文件不是 TOML：{detail}", "更正该行"),
    "policy-not-valid": ("规则文件有误：{detail}", "更正这些项"),
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
    "database-unreachable": ("{db} 没有应答", "服务器是否在运行，地址是否正确？"),
    "database-unwritable": ("{db} 无法写入 {detail}", "检查文件权限"),
    "database-full": ("{db} 所在磁盘已满；未写入任何内容", "清出空间后再试"),
    "registry-exists": ("{db} 已存在", "换一个 --db"),
    "registry-not-found": (
        "{db} 处没有登记库",
        "新建：leaguectl init，或 leaguectl import 文件",
    ),
    "database-refuses": ("数据库拒绝该改动：{constraint}", "leaguectl check"),
    "year-closed": (
        "{years} 年已封账，此操作会改动其数据：{figures}",
        "更正须说明原因：--reason 文字；之后 leaguectl year diff 会列出",
    ),
    "year-closed-already": (
        "{year} 年已经封账",
        "leaguectl year diff {year}；要重新打开，撤销封账操作",
    ),
    "year-not-closed": ("{year} 年尚未封账", "leaguectl year close {year}"),
    "year-not-over": ("{year} 年尚未结束（今天是 {today}）", "年度结束后再封账"),
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
    "as-closed-alone": ("--as-closed 显示封账时的全县数据", "去掉 --org、--as-of 和 --compare"),
    "figure-differs": (
        "{key} 上报为 {said}（{source}），按数据为 {now}",
        "更正数据，或重新登记上报数：leaguectl assert",
    ),
    "closing-altered": (
        "{year} 年的封账数据与封账时不同",
        "被其他程序改动；从备份恢复",
    ),
    "places-beyond-room": (
        "按上限只剩 {room} 个余地，不足 {places} 个",
        "减少名额，或在本县政策文件中另设上限",
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
    "member-ambiguous": ("“{text}”有 {count} 人：{candidates}", "填写序号或编号"),
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
    "kind-unknown": ("没有表类 {kind}", "可选：{known}"),
    "language-unknown": ("没有语言 {language}", "zh 或 en"),
    "day-unknown": ("“{text}”不是日期", "请写成 2023-05-04"),
    "province-unknown": ("“{text}”不是省份代码", "两位数字，如 65"),
    "reveal-needs-reason": (
        "--reveal 显示个人信息，须说明理由并留痕",
        "加上 --reason 理由",
    ),
    "admit-nothing": (
        "没有发展对象",
        "给出文件，或用 --name、--id-number、--org 等选项给出一人",
    ),
    "introducers-two": ("介绍人多于两名", "--introducer 填两次，每名一次"),
    "map-unknown": ("“{map}”没有把表头对应到项目", "表头=项目；项目有：{known}"),
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
    "case-ambiguous": ("名为“{text}”的有 {count} 人：{candidates}", "填写序号"),
    "stage-not-shown": ("表中写为该阶段，但缺少：{missing}", "请填写日期"),
    "stage-unknown": ("没有阶段“{text}”", "可选：{known}"),
    "advance-nothing": (
        "没有要登记的内容",
        "给出已知的步骤，如 --talked 2023-09-20",
    ),
    "contacts-two": ("培养联系人多于两名", "--contact 填两次，每名一次"),
    "close-how": ("发展过程怎样结束的？", "--refused 或 --withdrawn 填一个"),
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
