"""中文: what can be wrong with a cell, a sheet, a file."""

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
    "day-not-a-day": ("“{text}”不是日期", "请写成 2023-05-04"),
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
        "补上这些列（整张表同属一个团组织时用 --org）；或用 --kind 说明表类，用 --sheet 指定其他表",
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
    "file-not-a-table": ("该文件不是表格：{detail}", "另存为 .xlsx 或 .csv"),
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
    "file-far-cell": (
        "工作表“{sheet}”的 {cell} 有内容，远在表格之外",
        "清除它，或把表格复制到新工作簿",
    ),
    "file-without-sheets": ("该文件没有工作表", "重新另存为 .xlsx"),
    "file-encrypted": ("该文件有密码保护", "在表格软件中取消密码后保存"),
}
