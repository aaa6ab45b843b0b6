/* dmr-reqs: the words that rules know. */
#include "lint_tokens.h"

#include "mem.h"

/*
 * An entry is a word or words with a blank between them; marks are words.  What
 * has a hyphen is one word.  The longest entry counts, so that a list of fine
 * ones can take words out of others.
 */
const struct words words_lists[] = {
	/* R02: nobody can tell whether it holds. */
	{ WORDS_VAGUE,
	    "fast, faster, quick, quicker, quickly, slow, slowly, rapid, "
	    "rapidly, swift, swiftly, speedy, promptly, timely, "
	    "immediately, instantly, fast-loading, high-speed, easy, "
	    "easier, easily, easy-to-use, simple, simpler, simply, "
	    "user-friendly, user friendly, friendly, intuitive, "
	    "intuitively, convenient, conveniently, comfortable, "
	    "comfortably, effortless, effortlessly, seamless, seamlessly, "
	    "smooth, smoothly, straightforward, hassle-free, robust, "
	    "flexible, flexibly, efficient, efficiently, effective, "
	    "effectively, performant, scalable, reliable, reliably, "
	    "be secure, securely, be responsive, be maintainable, "
	    "be portable, be extensible, high performance, "
	    "high-performance, high quality, high-quality, "
	    "high availability, highly available, modern, "
	    "state-of-the-art, state of the art, cutting-edge, up to date, "
	    "industry standard, industry standards, industry-standard, "
	    "best practice, best practices, world-class, attractive, "
	    "beautiful, beautifully, elegant, elegantly, nice, nicely, "
	    "good, better, best, great, excellent, optimal, optimally, "
	    "appealing, pleasant, powerful, meaningful, helpful, useful, "
	    "user-centric, appropriate, appropriately, adequate, "
	    "adequately, suitable, suitably, sufficient, sufficiently, "
	    "reasonable, reasonably, acceptable, acceptably, satisfactory, "
	    "properly, correctly, relevant, normal, normally, usual, "
	    "usually, typical, typically, generally, commonly, often, "
	    "sometimes, frequently, regularly, periodically, occasionally, "
	    "mostly, ideally, preferably, hopefully, some, several, many, "
	    "few, a few, various, numerous, a lot of, lots of, "
	    "a number of, a variety of, a range of, minimal, large, small, "
	    "significant, significantly, considerable, approximately, "
	    "roughly, nearly, almost, a minimum of effort, as little as, "
	    "real time, in real time, be stable, clearly, a clear, "
	    "clear message, clear messages, clear error, understandable, "
	    "ease of use, professional appearance, professional look, "
	    "user friendliness, naturally, minimize, minimise, minimizes, "
	    "minimises, minimized, minimised, minimizing, minimising, "
	    "maximize, maximise, maximizes, maximises, maximized, maximised, "
	    "maximizing, maximising, optimize, optimise, optimizes, "
	    "optimises, optimized, optimised, improve, improves, improved, "
	    "improving, enhanced, enough, soon, instantaneously, "
	    "simplicity, robustness, robustly, flexibility, "
	    "gracefully, be resilient, resiliently, versatile, lightweight, "
	    "human-readable, scaleable, future-proof, ergonomic, "
	    "uncluttered, high load, high loads, heavy load, heavy traffic, "
	    "a wide range of, a wide variety of, be accurate, "
	    "highly accurate, accurately, precisely, comprehensive, "
	    "fault-tolerant, cost-effective, cost-efficient, "
	    "economical, economically, up-to-date, a limited number of, "
	    "undue delay, noticeable delay, little delay, in due time, "
	    "in due course, in good time, a short time, a long time, "
	    "for a while, up to about, at a glance, proper, multiple, "
	    "most of, at the earliest opportunity, popular" },
	/* R02: the reader has to think of the rest. */
	{ WORDS_OPEN,
	    "etc, et cetera, and so on, and so forth, and more, "
	    "and the like, or similar, and others, and / or, and/or, "
	    "including but not limited to, "
	    "but not limited to, among others" },
	/* R02: whoever builds it may leave it out. */
	{ WORDS_ESCAPE,
	    "as appropriate, as needed, as required, as necessary, "
	    "as applicable, as possible, as desired, as far as, "
	    "if appropriate, if needed, if required, if necessary, "
	    "if applicable, if possible, if practical, if practicable, "
	    "if feasible, when appropriate, when needed, when required, "
	    "when necessary, when applicable, when possible, "
	    "where appropriate, where needed, where required, "
	    "where necessary, where applicable, where possible, "
	    "where practical, where feasible, whenever possible, "
	    "where practicable, whenever necessary, if at all possible, "
	    "as practicable, as the case may be, unless otherwise specified, "
	    "best effort, on a best-effort basis, wherever possible, to the extent possible, to the extent, "
	    "at least some" },
	/* R02: not written yet. */
	{ WORDS_HOLE,
	    "tbd, tbc, tba, tbr, todo, fixme, xxx, to be determined, "
	    "to be defined, to be decided, ??, ???, needs clarification, "
	    "n / a, to be specified, to be agreed, "
	    "to be clarified" },
	/* R02: weak words that are something else here. */
	{ WORDS_FINE,
	    "how fast, how slow, how easy, how many, how few, how often, "
	    "how large, how small, as many, as often, so many, too many, "
	    "too large, too small, too few, fast forward, normal mode, "
	    "normal form, normal distribution, best before, small print, "
	    "large print, large language model, large language models, "
	    "small caps, small business, small businesses, good till, "
	    "simple majority, simple interest, relevant market, some other, "
	    "best score, best scores, best time, best lap, best bid, "
	    "best offer, fast charging, fast charge, fast charger, "
	    "fast chargers, fast lane, fast track, fast food, fast mode, "
	    "easy level, easy levels, easy mode, quick reply, quick replies, "
	    "quick start, small claims, large intestine, small intestine, "
	    "great britain, good friday, as soon, "
	    "a multiple of, multiple of, multiple choice, proper noun, "
	    "proper nouns, proper name, proper names, precisely one, "
	    "minimize the window, maximize the window, minimized window, "
	    "minimised window, maximized window, maximised window" },

	/* R03: "and send": verbs that are no nouns. */
	{ WORDS_VERB,
	    "accept, add, allow, append, apply, assign, attach, "
	    "authenticate, authorise, authorize, calculate, cancel, "
	    "choose, collect, compare, compress, compute, confirm, "
	    "convert, create, decrypt, delete, deliver, deny, detect, "
	    "disable, discard, edit, enable, encrypt, enforce, ensure, "
	    "enter, erase, fetch, generate, hide, highlight, identify, "
	    "inform, insert, keep, let, maintain, modify, notify, obtain, "
	    "permit, prevent, propose, provide, publish, receive, "
	    "recommend, redirect, refuse, reject, remind, remove, rename, "
	    "render, replace, resize, restore, restrict, resume, retain, "
	    "retrieve, retry, save, select, send, submit, suggest, "
	    "suspend, synchronise, synchronize, terminate, translate, "
	    "unlock, validate, verify, warn, withdraw, write" },
	/* R03: "and show the": verbs if an object follows, nouns else. */
	{ WORDS_VERB_OR_NOUN,
	    "alert, answer, archive, ask, attempt, backup, book, buy, "
	    "call, change, charge, check, clear, copy, count, display, "
	    "draw, draft, end, estimate, file, fill, filter, find, "
	    "forward, give, group, index, invite, issue, label, link, "
	    "list, load, log, measure, monitor, move, order, pay, play, "
	    "post, present, print, process, query, queue, rate, read, "
	    "record, refund, release, report, return, review, run, scan, "
	    "schedule, search, sell, set, share, ship, show, sort, start, "
	    "stop, switch, tag, take, test, track, transfer, view, "
	    "download, upload, update, email, export, import, request, "
	    "reset, block, flag, limit, lock, mark, offer, pause, prompt, "
	    "register, reserve, sign, store, open, close" },
	/* R03: what an object of a verb begins with. */
	{ WORDS_OBJECT,
	    "a, an, the, its, their, his, her, each, every, all, any, both, "
	    "it, them, him, this, that, these, those, no, new" },
	/* R03: verbs after which somebody else does what the system can. */
	{ WORDS_ALLOWS, "allow, enable, let, permit, support, able" },
	/* R03: what begins a clause in a clause. */
	{ WORDS_SUBORDINATE,
	    "that, which, who, whom, whose, when, where, if, while, because, "
	    "until, unless, what, how, after, before, as, whether, so, once, "
	    "since, whenever, between" },

	/* R11: they stand for a subject that is not named. */
	{ WORDS_PRONOUN,
	    "it, they, he, she, this, these, those, that, we, you, one" },

	/* R06: participles without "ed". */
	{ WORDS_PARTICIPLE,
	    "begun, bought, broken, brought, built, chosen, cut, done, drawn, "
	    "driven, found, frozen, given, held, hidden, kept, known, led, "
	    "left, lost, made, met, overwritten, paid, put, read, rebuilt, "
	    "run, said, seen, sent, set, shown, shut, sold, split, spent, "
	    "taken, thrown, told, understood, undone, withdrawn, written, "
	    "bound, burnt, caught, dealt, fed, forgotten, heard, hung, laid, "
	    "lent, rewritten, sought, stolen, taught, torn, upheld, "
	    "woken, worn" },
	/* R06: "ed", but what a thing is like. */
	{ WORDS_ADJECTIVE,
	    "based, composed, dedicated, distributed, embedded, fixed, "
	    "interested, limited, located, nested, red, related, signed-in, "
	    "situated, sorted, specialised, specialized, structured, "
	    "synchronised, synchronized, unauthorised, unauthorized, unused, "
	    "unchanged, unlimited, need, speed, feed, indeed, exceed" },

	/* R12: what limits a "shall not". */
	{ WORDS_CONDITION,
	    "when, if, while, where, unless, until, without, before, after, "
	    "except, during, once, whenever, outside, within, beyond, than, "
	    "other than, exceed, below, above, only, more" },

	/* R04: numbers in letters, before a unit. */
	{ WORDS_NUMBER,
	    "one, two, three, four, five, six, seven, eight, nine, ten, "
	    "eleven, twelve, fifteen, twenty, thirty, forty, fifty, sixty, "
	    "dozen, hundred, thousand, million, billion, half" },
	/* R04: units. */
	{ WORDS_UNIT,
	    "%, percent, per, am, pm, k, ns, us, \xc2\xb5s, ms, s, sec, secs, second, "
	    "seconds, millisecond, milliseconds, microsecond, "
	    "microseconds, min, mins, minute, minutes, h, hr, hrs, hour, "
	    "hours, day, days, week, weeks, month, months, quarter, "
	    "quarters, year, years, decade, decades, bit, bits, byte, "
	    "bytes, b, kb, mb, gb, tb, pb, kib, mib, gib, tib, kilobyte, "
	    "kilobytes, megabyte, megabytes, gigabyte, gigabytes, "
	    "terabyte, terabytes, bps, kbps, kbit, mbit, gbit, mbps, gbps, "
	    "rps, qps, tps, iops, fps, dpi, ppi, hz, khz, mhz, ghz, px, "
	    "pixel, pixels, pt, em, mm, cm, m, km, inch, inches, g, kg, "
	    "mg, l, ml, v, mv, ma, w, mw, kw, kwh, wh, nm, db, \xc2\xb0"
	    "c, "
	    "degrees, lux, bar, pa, kpa, hpa, mpa, rpm, eur, usd, gbp, "
	    "chf, euro, euros, dollar, dollars, pound, pounds, cent, "
	    "cents, user, users, request, requests, call, calls, record, "
	    "records, row, rows, item, items, file, files, page, pages, "
	    "click, clicks, step, steps, tap, taps, attempt, attempts, "
	    "time, times, error, errors, failure, failures, character, "
	    "characters, digit, digits, letter, letters, word, words, "
	    "line, lines, language, languages, transaction, transactions, "
	    "message, messages, order, orders, query, queries, connection, "
	    "connections, session, sessions, device, devices, node, nodes, "
	    "copy, copies, point, points, person, people, customer, "
	    "customers" },
	/* R04: as good as a number and a unit. */
	{ WORDS_OFTEN,
	    "24 / 7, 24x7, 24x7x365, around the clock, "
	    "hourly, daily, nightly, weekly, monthly, quarterly, yearly, "
	    "annually, every second, every minute, every hour, every day, "
	    "every night, every week, every month, every year, once a second, "
	    "once a minute, once an hour, once a day, once a week, "
	    "once a month, once a year, once per day, once per hour, "
	    "once per week, a quarter of an hour, within a second, "
	    "within a minute, within an hour, within a day, within a week, "
	    "within a month, within a year, for a day, for a week, "
	    "for a month, for a year, for a decade, twice a day, twice a week, twice a year" },
	/* R04: a number behind them counts nothing. */
	{ WORDS_REFERENCE,
	    "version, section, chapter, level, phase, step, part, release, "
	    "port, appendix, table, figure, requirement, class, grade, type, "
	    "tier, clause, article, annex, page, line, number, no, v, ipv, "
	    "web, industry" },
	/* R04: who names them says what is demanded. */
	{ WORDS_STANDARD,
	    "gdpr, dsgvo, w3c, hipaa, ccpa, coppa, ferpa, wcag, owasp, pci, "
	    "sox, fips, posix, ieee, iso, iec, rfc, itil, cobit, soc, nist, "
	    "sarbanes-oxley, https, tls, ssh, sftp, oauth, saml, openid, "
	    "dnssec, unicode, argon2id, bcrypt, scrypt" },

	/* R10: with what it is built, not what it does. */
	{ WORDS_TECHNOLOGY,
	    "sql, nosql, mysql, mariadb, postgresql, postgres, sqlite, "
	    "mongodb, redis, memcached, dynamodb, elasticsearch, rabbitmq, "
	    "vue.js, next.js, jquery, node.js, nodejs, express.js, "
	    "fastapi, laravel, spring boot, asp.net, javascript, "
	    "typescript, kotlin, golang, php, kubernetes, terraform, "
	    "ansible, nginx, tomcat, aws, s3, ec2, gcp, lambda function, "
	    "cloudfront, firebase, microservice, microservices, "
	    "stored procedure, stored procedures, foreign key, "
	    "foreign keys, primary key, primary keys, database table, "
	    "database tables, hash table, hash map, linked list, b-tree, "
	    "singleton, websocket, websockets, graphql, cron job, "
	    "cron jobs, grpc, jdbc, odbc, hadoop, message queue, thread pool, mutex, "
	    "regular expression, regex" },
	/* R10: the same, with a capital: they are other words, too. */
	{ WORDS_BRAND,
	    "oracle, cassandra, kafka, react, angular, vue, svelte, "
	    "bootstrap, tailwind, django, flask, rails, hibernate, python, "
	    "java, perl, apache, lambda, azure, heroku, docker" },

	/* R13: nobody has to explain them. */
	{ WORDS_ACRONYM,
	    "ai, api, apis, app, ascii, atm, bic, bom, cad, captcha, cc, "
	    "cd, cdn, ceo, chf, cli, cpu, cpus, crm, css, csv, cvv, cvc, db, "
	    "dns, dpi, dvd, ean, ecg, eq, erp, eta, eu, eur, exif, faq, faqs, "
	    "fax, ftp, gb, gbp, gdpr, gif, gnu, gps, gpu, gpus, gui, hd, hdmi, "
	    "hipaa, html, http, https, iban, icao, id, ids, iec, ieee, imap, "
	    "ios, ip, iq, isbn, iso, isp, it, jpeg, jpg, json, kb, lan, lcd, "
	    "led, mac, mb, mfa, mime, mp, mpeg, nasa, nfc, nist, oauth, ocr, "
	    "ok, os, otp, owasp, pc, pcs, pci, pdf, pdfs, pin, pins, pm, png, "
	    "po, pos, posix, qa, qr, ram, rest, rfc, rfid, rgb, rom, rss, sdk, "
	    "sepa, sim, sku, sms, smtp, sql, ssd, ssh, sso, ssl, svg, tb, tcp, "
	    "tls, totp, tv, tvs, ui, uk, un, url, urls, us, usa, usb, usd, "
	    "utc, utf, uuid, uuids, ux, vat, vip, vm, vms, vpn, wcag, wifi, "
	    "wlan, www, xl, xml, xp, xs, xx, xxl, yaml, zip, ii, iii, iv, vi, vii, viii" },

	/* R07: they say nothing alone.  R04: they are no unit. */
	{ WORDS_STOP,
	    "a, an, the, of, to, in, into, on, onto, for, at, by, with, "
	    "from, and, or, but, nor, is, are, was, were, be, been, being, "
	    "has, have, had, do, does, did, shall, must, will, would, "
	    "should, can, could, may, might, it, its, their, they, them, "
	    "his, her, this, that, these, those, which, who, when, if, "
	    "then, than, as, so, there, here, any, each, every, able, "
	    "also, via, through, out, up, while, where, given, not, no, "
	    "never, all, it's" },
};

const size_t words_nlists = countof(words_lists);

/* --- to look them up --- */

/* The table has, for each entry and each beginning of one, its lists. */
enum { MORE_FOLLOWS = 1 << 23 };

static void
add_entry(struct lint_table *table, struct str entry, unsigned list)
{
	uint64_t hash = STR_HASH;

	while (entry.len) {
		struct str word = str_cut(&entry, ' ');

		hash = str_hash(hash, word);
		*lint_table_at(table, hash) |= entry.len ? MORE_FOLLOWS : list;
	}
}

void
words_read(struct lint_table *table)
{
	for (size_t i = 0; i < words_nlists; i++) {
		struct str rest = str_of(words_lists[i].words);

		while (rest.len) {
			size_t end = str_find(rest, STR(", "));

			add_entry(table, (struct str){ rest.data, end },
			    words_lists[i].list);
			rest = str_skip(rest, end + 2);
		}
	}
}

void
words_add(struct lint_table *table, const struct tokens *t, unsigned list)
{
	uint64_t hash = STR_HASH;

	for (size_t i = 0; i < t->n; i++) {
		hash = str_hash(hash, token_lower(t, i));
		*lint_table_at(table, hash) |= i + 1 < t->n ? MORE_FOLLOWS
							    : list;
	}
}

unsigned
words_find(const struct lint_table *table, const struct tokens *t, size_t i,
    unsigned lists, size_t *n)
{
	uint64_t hash = STR_HASH;
	unsigned found = 0;
	size_t here = MORE_FOLLOWS;

	for (size_t k = i; here & MORE_FOLLOWS; k++) {
		if (k >= t->n || t->items[k].is_quoted)
			break;
		hash = str_hash(hash, token_lower(t, k));
		here = lint_table_get(table, hash);
		if (here & lists) {
			found = (unsigned)here & lists;
			*n = k + 1 - i;
		}
	}
	return found;
}

bool
words_have(const struct lint_table *table, const struct tokens *t, size_t i,
    unsigned lists)
{
	return i < t->n && !t->items[i].is_quoted &&
	    lint_table_get(table, str_hash(STR_HASH, token_lower(t, i))) &
	    lists;
}
