import type { Attachment } from 'svelte/attachments';

const FOCUSABLE =
	':is(a[href], button, input, select, textarea, summary, [tabindex]):not([tabindex="-1"], :disabled)';

/**
 * Lets the keyboard reach a box that scrolls in itself: while it overflows and nothing in it takes the focus, it takes the
 * focus itself, under this name. While more lies to its right, it says so (`data-more`) and fades there.
 */
export function scrollRegion(label: string): Attachment<HTMLElement> {
	return (box) => {
		let overflows = false;
		const hint = (): void => {
			box.toggleAttribute('data-more', box.scrollWidth - box.clientWidth - box.scrollLeft > 1);
		};
		const settle = (): void => {
			if (overflows && box.querySelector(FOCUSABLE) === null) {
				box.role = 'group';
				box.ariaLabel = label;
				box.tabIndex = 0;
				return;
			}
			for (const name of ['role', 'aria-label', 'tabindex']) box.removeAttribute(name);
		};
		const sizes = new ResizeObserver(() => {
			overflows = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
			settle();
			hint();
		});
		const watchSizes = (): void => {
			sizes.disconnect();
			for (const element of [box, ...box.children]) sizes.observe(element);
		};
		const contents = new MutationObserver((changes) => {
			const own = changes.filter(({ target }) => target === box);
			if (own.some(({ type }) => type === 'childList')) watchSizes();
			else if (own.length < changes.length) settle();
		});
		contents.observe(box, { childList: true, subtree: true, attributeFilter: ['tabindex', 'disabled'] });
		watchSizes();
		box.addEventListener('scroll', hint, { passive: true });
		return () => {
			box.removeEventListener('scroll', hint);
			sizes.disconnect();
			contents.disconnect();
		};
	};
}
