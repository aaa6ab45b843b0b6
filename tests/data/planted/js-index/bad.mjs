const ROLES = ["admin", "editor", "guest"];

export function mayWrite(role) {
	return ROLES.indexOf(role) !== -1 && role !== "guest";
}

export function check(user) {
	if (ROLES.indexOf(user.role)) return user;
	throw new RangeError(`no such role: ${user.role}`);
}
