/** Where the goods are. */
const items = new Map();

export class SoldOutError extends Error {
	constructor(name, { cause } = {}) {
		super(`${name} is sold out`, { cause });
		this.name = "SoldOutError";
	}
}

export function add({ name, price = 0, size: { width, height = 1 } }) {
	items.set(name, { name, price, area: width * height });
	return items.size;
}

export const take = (name) => {
	if (!items.has(name)) throw new SoldOutError(name);
	return items.get(name);
};

export async function* restock([first, ...others], ...orders) {
	yield first;
	yield* others;
	for (const order of orders) yield await order;
}

export const shop = {
	limit: 100,
	total(tax = 0) {
		let sum = 0;
		for (const { price } of items.values()) sum += price * (1 + tax);
		return sum;
	},
};
