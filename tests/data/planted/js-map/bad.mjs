export function version(text) {
	const [major, minor, patch] = text.split(".").map(parseInt);
	return { major, minor, patch };
}

export function isNewer(a, b) {
	if (a.major !== b.major) return a.major > b.major;
	if (a.minor !== b.minor) return a.minor > b.minor;
	return a.patch > b.patch;
}
