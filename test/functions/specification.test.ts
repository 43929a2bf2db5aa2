import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ENVIRONMENT } from '../../lib/environment.ts';
import { operationOf } from '../../lib/http/operations.ts';
import { ROUTES } from '../../lib/http/routes.ts';

const schema = z.custom<z.ZodType>((value) => value instanceof z.ZodType).optional();
const schemas = z.object({ body: schema, path: schema, query: schema, answer: schema });

/** These read their requests themselves, or answer with pages or elsewhere: the contract tests hold them to the document. */
const ANSWER_THEMSELVES = new Set([
  'applications/list-applications',
  'applications/show-registration',
  'applications/register-application',
  'applications/grant-token',
  'taches/export-tache',
  'specification/show-document',
  'specification/show-page',
]);

beforeAll(() => {
  for (const variable of Object.values(ENVIRONMENT)) process.env[variable] ??= 'eu-west-3_nobodyasks';
  process.env['AWS_REGION'] ??= 'eu-west-3';
  process.env[ENVIRONMENT.selfRegisteredGroup] = 'aucun';
  process.env[ENVIRONMENT.validationRules] = JSON.stringify({ fourEyes: true, twoValidatorsAbove: {} });
  process.env[ENVIRONMENT.noticeChannels] = JSON.stringify({ sms: false, localWebhooks: false });
});

describe('every function works with the very schemas that the specification shows', () => {
  it.each(ROUTES.filter(({ entry }) => !ANSWER_THEMSELVES.has(entry)))('$method $path', async (route) => {
    const { handler } = z.looseObject({ handler: z.unknown() }).parse(await import(/* @vite-ignore */ `../../functions/${route.entry}.ts`));
    const used = schemas.parse(Object.getOwnPropertyDescriptor(handler, 'schemas')?.value);
    const { body, path, query, answers } = operationOf(route);
    expect(used.body === body?.schema, 'body').toBe(true);
    expect(used.path === path, 'path').toBe(true);
    expect(used.query === query, 'query').toBe(true);
    const shown = Object.entries(answers).flatMap(([status, answer]) => (status < '300' ? Object.values(answer.contents).flatMap(alternatives) : []));
    const given = used.answer instanceof z.ZodUndefined ? [] : alternatives(used.answer);
    expect(new Set(shown), 'answer').toEqual(new Set(given));
  });
});

function alternatives(answer: unknown): readonly unknown[] {
  return answer instanceof z.ZodUnion ? answer.options : [answer];
}
