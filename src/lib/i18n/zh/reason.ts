/** Why something is not valid, in words; the key is the reason that an issue carries. */
export const reason = {
	'hole-outside-shell': '内圈不在外圈之内',
	'holes-overlapping': '两个内圈相互重叠',
	'self-crossing': '边界自相交',
	'self-touching': '边界自相接触',
	'too-few-vertices': '不同的界址点不足三个',
	'value-missing': '没有给出',
	'value-not-offered': '没有这个选项',
	'value-not-valid': '写法不对',
	'value-too-large': '超过上限',
	'value-too-small': '低于下限',
	'zero-area': '面积为零',
} as const;
