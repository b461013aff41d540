"""中文: what the rules find."""

CODES = {
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
        "与团员证核对；编号方案见政策文件 [[certificate]] digits",
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
        "先导入该年的发展计划，或使用本组织号段：{blocks}",
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
    "quota-exceeded": (
        "{year}年名额 {places}，已发展 {used}",
        "leaguectl quota show {year}",
    ),
    "quota-beyond": (
        "{year}年超指标发展 {beyond} 人，占用上级名额",
        "leaguectl check admitted-beyond-quota 列出各人及依据",
    ),
    "quota-split-too-far": (
        "{year}年名额 {places}，分给下级 {allotted_below}",
        "leaguectl quota show {year}",
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
        "照志愿书重抄；此处缺少的代码可写入规则文件",
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
        "填写审批的上级团委；如经授权，在规则文件中写明",
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
        "与其他支部合并，或分设；本县放宽的在规则文件中写明",
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
    "seats-exceeded": ("在任 {held} 人，编制 {seats} 人（{of}）", "办理离任，或更正编制数"),
    "post-holder-left": (
        "任{organization}{post}，但已于 {left} 离团或转出",
        "在该日办理离任",
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
        "了解是否自愿、是否择优；上限 {limit} 在规则文件中设定",
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
}
