/** Texts of the page about the data. */
export const about = {
	title: '数据说明',
	lead: '{zone}的数据从哪里来、可信到什么程度、怎么算、有什么限制。',

	syntheticTitle: '这里的图形是示意数据',
	syntheticBody:
		'界线、规划单元、地块、现状图斑、规划条件、存量状态和控制线由程序生成，只为演示；没有任何一条取自真实的规划、调查或登记。不得据此选址、审批或交易。',
	realBody: '名称、公布面积、主导产业和点名的项目取自下列文件，逐项注明来源和可信度。',
	notSynthetic: '图形数据来自导入的成果；来源见各图层。',

	areas: '公布面积',
	areasLead: '公布面积是文件里的整数。日期取文件日期；文件没有写明生效日期的，生效日期未核实。',
	place: '范围',
	kind_area: '片区',
	kind_sub_park: '分园',
	kind_managed: '管理范围',
	area: '面积',
	validFrom: '自',
	validTo: '至',
	open: '至今',
	notStated: '未载明',
	unknownArea: '不在区内或未知',
	source: '来源',
	status: '可信度',
	verified: '已核实',
	unverified: '未核实',
	example: '示例',
	parkSummary: '一区三园：{areas} 个片区 + {subParks} 个分园',
	parkSummaryGeneral: '{areas} 个片区，{subParks} 个分园',

	industries: '主导产业',
	industriesJoint: '各分园（合并列出，文件未分到具体分园）',
	industriesJointAreas: '各片区（合并列出，文件未分到具体片区）',
	industriesZone: '全区',

	projects: '文件点名的项目',
	projectsLead: '文件没有写明它们在哪里，地图上不画；名称按文件原文，顺序也按文件。',

	layers: '图层',
	layer_plan: '规划地块',
	layer_current: '现状图斑',
	revision: '版本',
	published: '发布',
	dataDate: '数据时点',
	effective: '生效',
	parcels: '地块数',
	grade: '公开程度',
	grade_public: '公开',
	grade_registered: '登记用户',
	grade_office: '仅管理部门',
	layersPublic: '现状用地、存量状态和特殊用地的分类只供管理部门使用，不在此列。',

	classes: '用地分类',
	classesText:
		'采用国家用地用海分类 {version} 年版（海域只列一级类）：一级类 {level1} 个、二级类 {level2} 个、三级类 {level3} 个。地块编码由“分类体系/版本/代码”三部分确定，不同版本的相同代码含义可能不同。',
	classesLocal: '本地分类：{names}。',
	classesLocalOne: '{code} {name}（对应国家 {national}）',
	classesOffice: '{count} 个分类不对公众区分，图上和表中列为“不公开”。',

	rules: '判定规则',
	ruleTolerance: '界线面积与公布面积之差的允许值',
	rulePark: '每个片区、分园',
	ruleZone: '全区',
	ruleValue: '{comparison} {tolerance} 平方千米',
	ruleNone: '未设规则',

	methods: '方法',
	methodGrid: '坐标',
	methodGridText:
		'CGCS2000 经纬度（EPSG:4490），存于 2⁻³³ 度的格网（约 0.013 毫米），相邻地块共用同一批顶点，不重叠、无缝隙。',
	methodArea: '面积',
	methodAreaText:
		'椭球面积：CGCS2000 椭球上、边在经纬度中为直线的多边形面积。平面面积：EPSG:{srid} 高斯投影。不用网络墨卡托面积，也不用球面面积。',
	methodAdjust: '平差',
	methodAdjustText:
		'每块地的面积是 0.01 平方米的整数，按最大余数法分配，使每个片区、分园的合计等于其界线面积。',
	methodRounding: '修约',
	methodRoundingText: '公顷、亩、平方千米表整表受控修约，行、列与总计逐位相符。1 亩 = 2000/3 平方米。',

	limits: '限制',
	limitPrecision: '公开坐标取到小数点后 {decimals} 位（约 {precision} 米），公开图块只到 {zoom} 级。',
	limitExact: '本视图给出存储的原始坐标。',
	limitReview: '审图号：{number}。',
	limitNoReview: '没有审图号：示意图形不得作为地图公开出版。',
	limitEmbedded: '内置数据库供试用，适合不超过五人同时编辑；正式使用请连接 PostgreSQL + PostGIS。',
	limitLegal: '以审批机关和登记机构的文件为准。本站的判定只是核对，不产生法律效力。',

	licence: '许可',
	licenceText: '软件和随附的示意数据按 Apache-2.0 许可使用。公布的数字归其来源所有，引用请注明来源文件。',

	api: '数据接口',
	apiLead: '本站显示的数字都可以从接口取得，无需登录。',
	apiZone: '区、片区、图层',
	apiClasses: '用地分类与图式',
	apiParks: '片区、分园范围（GeoJSON）',
	apiBalance: '面积平衡（JSON）',
	apiBalanceCsv: '面积平衡（CSV）',
} as const;
