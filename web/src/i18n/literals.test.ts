// What a person reads or hears comes from the catalogues: no words stand in
// the markup of pages and components.
import fs from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';

// Names are the same in every language.
const NAMES = ['BantuBuzz'];
const SPOKEN = /^(aria-label|alt|title|placeholder|label|hint|text|note|busyText|yes|no)$/;

const wordy = (text: string) => /\p{L}{2}/u.test(text) && !NAMES.includes(text.trim());

// Texts that an expression may come to.
function outcomes(node: ts.Node): string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  if (ts.isParenthesizedExpression(node) || ts.isJsxExpression(node))
    return node.expression ? outcomes(node.expression) : [];
  if (ts.isConditionalExpression(node)) return [...outcomes(node.whenTrue), ...outcomes(node.whenFalse)];
  if (ts.isBinaryExpression(node) && !/^[=!<>]/.test(node.operatorToken.getText()))
    return [...outcomes(node.left), ...outcomes(node.right)];
  return [];
}

function literals(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const found: string[] = [];
  const look = (node: ts.Node) => {
    const parent = node.parent;
    if (ts.isJsxText(node)) found.push(node.text);
    else if (ts.isJsxExpression(node) && (ts.isJsxElement(parent) || ts.isJsxFragment(parent)))
      found.push(...outcomes(node));
    else if (ts.isJsxAttribute(node) && node.initializer && SPOKEN.test(node.name.getText()))
      found.push(...outcomes(node.initializer));
    ts.forEachChild(node, look);
  };
  look(source);
  return found.filter(wordy).map((text) => text.trim());
}

const files = fs
  .readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.tsx') && !/\.test\.tsx$|^test\//.test(name))
  .map((name) => `src/${name}`);

test('there are pages to look at', () => {
  expect(files.length).toBeGreaterThan(60);
});
test.each(files)('%s has no words of its own', (file) => {
  expect(literals(file)).toEqual([]);
});
