import * as z from 'zod';
import { json, type Operation } from './operation.ts';

/** As far as a client needs to know it: the rest is for OpenAPI to say. */
export const openApiAnswer = z.looseObject({ openapi: z.literal('3.1.0'), paths: z.record(z.string(), z.unknown()) });

export const SPECIFICATION = {
  'GET /openapi.json': {
    tag: 'Spécification',
    summary: 'Lire ce document pour des programmes',
    answers: { 200: json('OpenAPI 3.1.', openApiAnswer) },
  },
  'GET /docs': {
    tag: 'Spécification',
    summary: 'Lire cette page',
    answers: { 200: { description: 'La page.', contents: { 'text/html': 'text' } } },
  },
} as const satisfies Readonly<Record<string, Operation>>;
