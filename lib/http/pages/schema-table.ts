import type { JsonSchema } from '../openapi/json-schema.ts';
import { Html, html } from './html.ts';

/** A field of a table: `debits.colonne`, `rejets[].ligne`. */
interface Row {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** A schema as a person reads it: its fields in a table, those of objects within it below their own. */
export function schemaTable(schema: JsonSchema): Html {
  const rows = rowsOf(schema, '');
  if (rows.length === 0) return html`<p>${typeText(schema)}</p>`;
  return html`<table><thead><tr><th>Champ</th><th>Type</th><th>Sens</th></tr></thead><tbody>
${rows.map(({ name, required, schema: field }) => fieldRow(name, required, field, field.description))}</tbody></table>`;
}

export function fieldRow(name: string, required: boolean, schema: JsonSchema, meaning: string | undefined): Html {
  const mark = required ? html` <span class="needed">obligatoire</span>` : undefined;
  return html`<tr><td><code>${name}</code>${mark}</td><td class="type">${typeText(schema)}${limits(schema)}</td><td>${prose(meaning ?? '')}</td></tr>\n`;
}

/** Text with code between backticks. */
export function prose(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`;
}

/** A type in words, with links to named schemas. */
export function typeText(schema: JsonSchema): Html {
  const { $ref, type, enum: values, anyOf, oneOf, items, additionalProperties } = schema;
  if ($ref !== undefined) return schemaLink($ref);
  if ('const' in schema) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (values !== undefined) return joined(values.map((value) => html`<code>${JSON.stringify(value)}</code>`));
  const alternatives = anyOf ?? oneOf;
  // An empty text stands for a filter that is left out: that is said once, of all of them.
  if (alternatives !== undefined) return joined(alternatives.filter((one) => one.const !== '').map(typeText));
  if (Array.isArray(type)) return joined(type.map((one) => typeText({ ...schema, type: one })));
  switch (type) {
    case 'array':
      return items === undefined || Object.keys(items).length === 0 ? html`tableau` : html`tableau de ${typeText(items)}`;
    case 'object':
      return typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0 ? html`objet, par nom : ${typeText(additionalProperties)}` : html`objet`;
    case 'string':
      return html`${FORMATS[schema.format ?? ''] ?? 'texte'}`;
    case undefined:
      return html`toute valeur`;
    default:
      return html`${TYPES[type] ?? type}`;
  }
}

const TYPES: Readonly<Record<string, string>> = { integer: 'nombre entier', number: 'nombre', boolean: 'vrai ou faux', null: 'null' };
const FORMATS: Readonly<Record<string, string>> = { 'date-time': 'date et heure', binary: 'fichier', uri: 'adresse' };

function joined(parts: readonly Html[]): Html {
  const texts = [...new Set(parts.map(({ source }) => source))];
  return html`${texts.map((text, index) => html`${index === 0 ? undefined : ' ou '}${new Html(text)}`)}`;
}

export function schemaLink(reference: string): Html {
  const name = reference.split('/').at(-1) ?? '';
  return html`<a href="#schema-${name}">${name}</a>`;
}

function limits({ minLength, maxLength, minimum, maximum, exclusiveMinimum, maxItems, default: usual }: JsonSchema): Html | undefined {
  const least = exclusiveMinimum === undefined ? minimum : exclusiveMinimum + 1;
  const texts = [
    range(minLength, maxLength, 'caractères'),
    range(least, maximum, ''),
    maxItems === undefined ? undefined : `${maxItems} au plus`,
    usual === undefined ? undefined : `sinon ${JSON.stringify(usual)}`,
  ].filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : html` <small>(${texts.join(', ')})</small>`;
}

function range(least: number | undefined, most: number | undefined, unit: string): string | undefined {
  const named = unit === '' ? '' : ` ${unit}`;
  if (most !== undefined) return least === undefined ? `${most}${named} au plus` : `${least} à ${most}${named}`;
  return least === undefined || least === Number.MIN_SAFE_INTEGER || (unit !== '' && least === 1) ? undefined : `${least}${named} au moins`;
}

/** Objects that have no name of their own are told where they stand. */
function rowsOf(schema: JsonSchema, prefix: string): readonly Row[] {
  const { properties = {}, required = [] } = schema;
  const own = Object.entries(properties).flatMap(([name, field]): readonly Row[] => [
    { name: `${prefix}${name}`, required: required.includes(name), schema: field },
    ...rowsOf(field, `${prefix}${name}.`),
  ]);
  const variants = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((one) => rowsOf(one, prefix)).filter((rows) => rows.length > 0);
  const ofVariants = variants.flat().map((row) => ({ ...row, required: variants.every((rows) => rows.some(({ name, required: needed }) => needed && name === row.name)) }));
  const elements = schema.items === undefined ? [] : rowsOf(schema.items, `${prefix.replace(/\.$/u, '')}[].`);
  return withoutRepeats([...own, ...ofVariants, ...elements]);
}

/** Variants of one object share fields: the first is shown, with the values that any of them has. */
function withoutRepeats(rows: readonly Row[]): readonly Row[] {
  const byName = new Map<string, Row>();
  for (const row of rows) {
    const known = byName.get(row.name);
    byName.set(row.name, known === undefined ? row : merged(known, row));
  }
  return [...byName.values()];
}

function merged(one: Row, other: Row): Row {
  const { description, ...first } = one.schema;
  const { description: _, ...second } = other.schema;
  if (JSON.stringify(first) === JSON.stringify(second)) return one;
  return { name: one.name, required: one.required && other.required, schema: { ...(description !== undefined && { description }), anyOf: [...(first.anyOf ?? [first]), second] } };
}
