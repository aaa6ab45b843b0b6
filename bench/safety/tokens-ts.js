/* Fingerprints of TypeScript files, see tokens.py: their syntax trees, by the
 * compiler.  node tokens-ts.js FOLDER-OF-TYPESCRIPT <PATHS */
'use strict';
const ts = require(process.argv[2]);
const { createHash } = require('crypto');
const fs = require('fs');

const fingerprint = (path) => {
  const tree = ts.createSourceFile(path, fs.readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  if (tree.parseDiagnostics.length)
    return '!' + ts.flattenDiagnosticMessageText(tree.parseDiagnostics[0].messageText, ' ');
  const hash = createHash('sha256');
  const walk = (node) => {
    let leaf = true;
    hash.update(`(${node.kind} ${node.flags & ~ts.NodeFlags.JSDoc}`);
    ts.forEachChild(node, (child) => { leaf = false; walk(child); });
    if (leaf) hash.update(node.getText(tree));
    hash.update(')');
  };
  walk(tree);
  hash.update(JSON.stringify([tree.referencedFiles, tree.checkJsDirective, tree.typeReferenceDirectives,
    [...(tree.pragmas || [])].map((p) => p[0])].flat().map((x) => x && x.fileName || x)));
  return '=' + hash.digest('hex');
};

for (const path of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  try {
    console.log(`${path}\t${fingerprint(path)}`);
  } catch (e) {
    console.log(`${path}\t!${e.message.split('\n')[0]}`);
  }
}
