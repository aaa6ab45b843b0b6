/* Fingerprints of JavaScript files, see tokens.py: their syntax trees, by node's
 * own acorn.  node --expose-internals tokens.js <PATHS */
'use strict';
const acorn = require('internal/deps/acorn/acorn/dist/acorn');
const { createHash } = require('crypto');
const fs = require('fs');

const parse = (text) => {
  let error;
  for (const sourceType of ['module', 'script', 'commonjs']) {
    try {
      return acorn.parse(text, {
        ecmaVersion: 'latest', sourceType, allowHashBang: true,
        allowReturnOutsideFunction: true,
      });
    } catch (e) { error = e; }
  }
  throw error;
};
const plain = (key, value) => key === 'start' || key === 'end' ? undefined
  : typeof value === 'bigint' ? String(value) : value;

for (const path of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  try {
    const tree = JSON.stringify(parse(fs.readFileSync(path, 'utf8')), plain);
    console.log(`${path}\t=${createHash('sha256').update(tree).digest('hex')}`);
  } catch (e) {
    console.log(`${path}\t!${e.message.split('\n')[0]}`);
  }
}
