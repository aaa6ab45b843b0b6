export function median(values) {
	const sorted = [...values].sort();
	const middle = Math.floor(sorted.length / 2);
	if (sorted.length % 2) return sorted[middle];
	return (sorted[middle - 1] + sorted[middle]) / 2;
}

export function names(users) {
	return users.map((user) => user.name).sort();
}
