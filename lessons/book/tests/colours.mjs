// The contrast of every text of a page with what lies behind it, as WCAG 2 computes it.

// Runs in the page: the texts whose contrast is too low, once for each pair of colours, and how many it has looked at.
// Everything that can be unfolded or appear must be there already.
export function tooFaint() {
	const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
	const known = new Map();
	// Any colour that CSS can write, as red, green, blue and alpha.
	const parts = (colour) => {
		if (!known.has(colour)) {
			canvas.clearRect(0, 0, 1, 1);
			canvas.fillStyle = colour;
			canvas.fillRect(0, 0, 1, 1);
			const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
			known.set(colour, [red, green, blue, alpha / 255]);
		}
		return known.get(colour);
	};
	const over = (front, back) => [0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3]));
	const luminance = (colour) => {
		const [red, green, blue] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	};
	const contrast = (one, other) => {
		const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
		return (light + 0.05) / (dark + 0.05);
	};
	// What is painted behind an element: its own background, on that of the elements around it.
	const behind = (element) => {
		if (!element) return [255, 255, 255];
		const colour = parts(getComputedStyle(element).backgroundColor);
		return colour[3] === 1 ? colour.slice(0, 3) : over(colour, behind(element.parentElement));
	};
	// In a drawing a text lies on a shape that was drawn before it and reaches around it.
	const shapesBehind = (label) => {
		const at = label.getBoundingClientRect();
		const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
		const shapes = [...label.ownerSVGElement.querySelectorAll("path, polygon, ellipse, rect")].filter((shape) => {
			const box = shape.getBoundingClientRect();
			return box.left <= x && x <= box.right && box.top <= y && y <= box.bottom
				&& (shape.compareDocumentPosition(label) & Node.DOCUMENT_POSITION_FOLLOWING);
		});
		return shapes.map((shape) => getComputedStyle(shape).fill).filter((fill) => fill !== "none").map(parts);
	};
	const found = new Map();
	const look = (element, colour, back) => {
		const style = getComputedStyle(element);
		const size = parseFloat(style.fontSize);
		const enough = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
		const reached = contrast(over(parts(colour), back), back);
		if (reached < enough) {
			found.set(colour + back, `${reached.toFixed(2)} instead of ${enough}: "${element.textContent.trim().slice(0, 40)}" ${element.className.baseVal ?? element.className}`);
		}
	};
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	const seen = new Set();
	for (let node = texts.nextNode(); node; node = texts.nextNode()) {
		const element = node.parentElement;
		if (!node.textContent.trim() || seen.has(element) || !element.checkVisibility({ visibilityProperty: true })) continue;
		seen.add(element);
		if (element.closest("svg")) {
			const fills = shapesBehind(element);
			look(element, getComputedStyle(element).fill, over(fills.at(-1) ?? [0, 0, 0, 0], behind(element.closest("div, figure"))));
		} else {
			look(element, getComputedStyle(element).color, behind(element));
		}
	}
	return { faint: [...found.values()], texts: seen.size };
}
