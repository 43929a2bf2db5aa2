import type { OpenApiAnswer, OpenApiDocument, OpenApiOperation } from '../openapi/document.ts';
import type { HttpAnswer } from '../problem.ts';
import { curlExample } from './curl-example.ts';
import { type Html, html } from './html.ts';
import { pageAnswer } from './page.ts';
import { fieldRow, prose, schemaLink, schemaTable, typeText } from './schema-table.ts';
import { SPECIFICATION_STYLE } from './specification-style.ts';

interface Described {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

/** The specification as a page for people: made from the document alone, without a script or anything from elsewhere. */
export function specificationPage(document: OpenApiDocument): HttpAnswer {
  const server = document.servers[0]?.url ?? '';
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Described => ({ method: method.toUpperCase(), path, operation })),
  );
  const chapters = document.tags.map(({ name, description }) => ({ name, description, routes: routes.filter(({ operation }) => operation.tags.includes(name)) }));
  const schemas = Object.entries(document.components.schemas).sort(([one], [other]) => one.localeCompare(other, 'fr'));
  const content = html`
<nav aria-label="Routes">
${chapters.map(({ name, routes: ofChapter }) => html`<h2>${name}</h2>\n<ul>${ofChapter.map(navigationLine)}</ul>\n`)}
<h2>Schémas</h2>
<ul>${schemas.map(([name]) => html`<li>${schemaLink(name)}</li>`)}</ul>
</nav>
<div class="body">
${document.info.description.split('\n\n').map((paragraph) => html`<p>${prose(paragraph)}</p>\n`)}
<p>Adresse : <code>${server}</code> · version ${document.info.version} · pour les programmes : <a href="${server}/openapi.json">openapi.json</a></p>
${chapters.map(({ name, description, routes: ofChapter }) => html`<h2>${name}</h2>\n<p class="soft">${description}</p>\n${ofChapter.map((route) => routeSection(server, route))}`)}
<h2>Schémas</h2>
${schemas.map(([name, schema]) => html`<section class="schema" id="schema-${name}"><h3>${name}</h3>\n${schemaTable(schema)}</section>\n`)}
</div>`;
  return pageAnswer(200, document.info.title, content, SPECIFICATION_STYLE);
}

function methodBadge(method: string): Html {
  return html`<span class="method ${method.toLowerCase()}">${method}</span>`;
}

function navigationLine({ method, path, operation }: Described): Html {
  return html`<li><a href="#${operation.operationId}" title="${operation.summary}">${methodBadge(method)}<span>${path}</span></a></li>`;
}

function routeSection(server: string, { method, path, operation }: Described): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const types = Object.entries(requestBody?.content ?? {});
  const [bodySchema] = types.map(([, content]) => content.schema);
  return html`<section class="route" id="${operationId}">
<h3>${methodBadge(method)}<code>${path}</code><span class="access">${accessText(operation)}</span></h3>
<p class="summary">${summary}</p>
${description === undefined ? undefined : html`<p>${prose(description)}</p>`}
${parameters.length === 0 ? undefined : html`<h4>Paramètres</h4>\n<table><tbody>\n${parameters.map(({ name, required, schema, description: meaning }) => fieldRow(name, required, schema, meaning))}</tbody></table>`}
${bodySchema === undefined ? undefined : html`<h4>Corps ${requestBody?.required === true ? '' : '(facultatif)'}</h4>\n<p class="soft">${types.map(([type]) => type).join(' · ')}</p>\n${bodySchema.$ref === undefined ? schemaTable(bodySchema) : html`<p>${typeText(bodySchema)}</p>`}`}
<h4>Exemple</h4>
<pre>${curlExample(server, method, path, operation)}</pre>
<h4>Réponses</h4>
<table class="answers"><tbody>
${Object.entries(responses).map(([status, answer]) => answerRow(status, answer))}</tbody></table>
</section>
`;
}

function accessText({ security }: OpenApiOperation): string {
  if (security.length === 0) return 'ouverte à tous';
  return security.some((one) => Object.keys(one).length === 0) ? 'jeton, sauf là où le stage l’ouvre' : 'jeton';
}

function answerRow(status: string, { description, content = {}, headers = {} }: OpenApiAnswer): Html {
  const bodies = Object.entries(content).map(([type, { schema }]) => (type === 'text/html' ? html`une page` : html`${inlineType(schema)}`));
  const lines = Object.entries(headers).map(([name, { description: meaning }]) => html`<br><small><code>${name}</code> ${prose(meaning)}</small>`);
  return html`<tr><td class="status">${status}</td><td>${prose(description)}${lines}</td><td class="type">${bodies.map((body, index) => html`${index === 0 ? undefined : ' ou '}${body}`)}</td></tr>\n`;
}

/** Small bodies of the old system are shown as they are. */
function inlineType(schema: NonNullable<OpenApiAnswer['content']>[string]['schema']): Html {
  const variants = schema.anyOf ?? schema.oneOf ?? [schema];
  if (!variants.every(({ properties }) => properties !== undefined)) return typeText(schema);
  return html`${variants.map(({ properties = {} }, index) => html`${index === 0 ? undefined : ' ou '}{ ${Object.entries(properties).map(([name, field], place) => html`${place === 0 ? undefined : ', '}<code>${JSON.stringify(name)}</code>: ${typeText(field)}`)} }`)}`;
}
