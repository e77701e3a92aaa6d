import { patternDrawing, PATTERN_SIZE } from './pattern.ts';

const MARK_OPACITY = 0.55;
const WATERMARK_SIZE = 240;
const WATERMARK_OPACITY = 0.09;

/** Ids under which the style asks for images; what they look like is read off the id. */
export function patternImageId(pattern: string, ink: string): string {
	return `pattern|${pattern}|${ink}`;
}

/** Id of the watermark image: a short text, repeated over the whole map. */
export function watermarkImageId(text: string, ink: string): string {
	return `watermark|${text}|${ink}`;
}

function sheet(side: number, pixelRatio: number): CanvasRenderingContext2D | null {
	const canvas = document.createElement('canvas');
	canvas.width = canvas.height = side * pixelRatio;
	const context = canvas.getContext('2d', { willReadFrequently: true });
	context?.scale(pixelRatio, pixelRatio);
	return context;
}

function drawPattern(pattern: string, ink: string, pixelRatio: number): ImageData | null {
	const drawing = patternDrawing(pattern);
	const context = sheet(PATTERN_SIZE, pixelRatio);
	if (drawing === null || context === null) return null;
	context.strokeStyle = ink;
	context.globalAlpha = MARK_OPACITY;
	context.lineWidth = drawing.strokeWidth;
	context.lineCap = drawing.cap;
	context.stroke(new Path2D(drawing.path));
	return context.getImageData(0, 0, PATTERN_SIZE * pixelRatio, PATTERN_SIZE * pixelRatio);
}

function drawWatermark(text: string, ink: string, fonts: string, pixelRatio: number): ImageData | null {
	const context = sheet(WATERMARK_SIZE, pixelRatio);
	if (context === null) return null;
	context.globalAlpha = WATERMARK_OPACITY;
	context.fillStyle = ink;
	context.font = `600 18px ${fonts}`;
	context.textAlign = 'center';
	context.textBaseline = 'middle';
	for (const [x, y] of [
		[WATERMARK_SIZE * 0.25, WATERMARK_SIZE * 0.25],
		[WATERMARK_SIZE * 0.75, WATERMARK_SIZE * 0.75],
	]) {
		context.save();
		context.translate(x, y);
		context.rotate(-Math.PI / 7);
		context.fillText(text, 0, 0);
		context.restore();
	}
	return context.getImageData(0, 0, WATERMARK_SIZE * pixelRatio, WATERMARK_SIZE * pixelRatio);
}

/** Draws the image that an id stands for; null for an id that is none of ours. Needs a browser. */
export function drawImage(id: string, fonts: string, pixelRatio: number): ImageData | null {
	const [kind, subject, ink] = id.split('|');
	if (kind === 'pattern') return drawPattern(subject, ink, pixelRatio);
	if (kind === 'watermark') return drawWatermark(subject, ink, fonts, pixelRatio);
	return null;
}
