/** Issue codes as sentences; the key is the code. */
export const issue = {
	unknown: '问题代码：{code}',
	'parcel.overlaps': '地块相互重叠。',
	'parcel.not-found': '没有这个地块，或它不在公开范围内。',
	'parcel.code-taken': '地块编号已被占用。',
	'coverage.gap': '地块之间有缝隙。',
	'coverage.not-found': '没有这个图层，或它不在公开范围内。',
	'edge.unmatched': '相邻地块的公共边没有对齐。',
	'ring.invalid': '地块边界自相交或不成环。',
	'coordinate.off-grid': '坐标不在存储格网上。',
	'balance.off-target': '合计与核定面积之差超出允许值。',
	'zone.not-found': '没有这个高新区。',
	'query.invalid': '请求的参数不对。',
	'tile.address-invalid': '瓦片地址不对。',
	'access.denied': '没有查看这项内容的权限。',
} as const;
