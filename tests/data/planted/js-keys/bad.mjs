export function total(prices) {
	let sum = 0;
	for (const price in prices) {
		sum += price;
	}
	return sum;
}

export function invert(table) {
	const result = {};
	for (const key in table) {
		result[table[key]] = key;
	}
	return result;
}
