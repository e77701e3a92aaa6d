export const about = {
	title: '数据说明',
} as const;
