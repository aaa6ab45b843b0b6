const DEFAULTS = { colour: "auto", width: 80 };

export function setting(settings, name) {
	if (Object.hasOwn(settings, name)) return settings[name];
	if (Object.hasOwn(DEFAULTS, name)) return DEFAULTS[name];
	throw new RangeError(`no such setting: ${name}`);
}
