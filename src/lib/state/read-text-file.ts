import { decodeChinese } from '$geo/format/boundary-txt.ts';

/** Reads a text file in UTF-8, or in GB18030, which spreadsheets here write. */
export async function readTextFile(file: Blob): Promise<string> {
	return decodeChinese(new Uint8Array(await file.arrayBuffer()));
}
