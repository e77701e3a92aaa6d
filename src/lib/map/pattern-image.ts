import { patternDrawing, PATTERN_SIZE } from './pattern.ts';

const MARK_OPACITY = 0.42;

/** Ids under which the style asks for images; what they look like is read off the id. */
export function patternImageId(pattern: string, ink: string): string {
	return `pattern|${pattern}|${ink}`;
}

function drawPattern(pattern: string, ink: string, pixelRatio: number): ImageData | null {
	const drawing = patternDrawing(pattern);
	const canvas = document.createElement('canvas');
	canvas.width = canvas.height = PATTERN_SIZE * pixelRatio;
	const context = canvas.getContext('2d', { willReadFrequently: true });
	if (drawing === null || context === null) return null;
	context.scale(pixelRatio, pixelRatio);
	context.strokeStyle = ink;
	context.globalAlpha = MARK_OPACITY;
	context.lineWidth = drawing.strokeWidth;
	context.lineCap = drawing.cap;
	context.stroke(new Path2D(drawing.path));
	return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** Draws the image that an id stands for; null for an id that is none of ours. Needs a browser. */
export function drawImage(id: string, pixelRatio: number): ImageData | null {
	const [kind, pattern, ink] = id.split('|');
	return kind === 'pattern' ? drawPattern(pattern, ink, pixelRatio) : null;
}
