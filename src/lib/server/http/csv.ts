/** Writes one CSV field (RFC 4180); text that a spreadsheet would run as a formula is made plain by a leading apostrophe. */
function csvField(value: string | number | null): string {
	if (value === null) return '';
	if (typeof value === 'number') return String(value);
	const isNumber = /^-?\d+(\.\d+)?$/.test(value);
	const plain = !isNumber && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Answers with a CSV file in UTF-8 with byte order mark, so that spreadsheets open Chinese text right. */
export function csv(rows: readonly (readonly (string | number | null)[])[], fileName: string): Response {
	const text = rows.map((row) => row.map(csvField).join(',')).join('\r\n');
	return new Response(`\uFEFF${text}\r\n`, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${fileName.replace(/[^\w.-]/g, '_')}"`,
			'cache-control': 'private, no-cache',
		},
	});
}
