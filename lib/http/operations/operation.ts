import type * as z from 'zod';
import { problemAnswer } from '../schemas/problem.ts';

/** The chapters of the specification, in their order. */
export const TAGS = {
  Authentification: 'Les comptes et leurs jetons.',
  Réconciliation: 'Un relevé entre, ses correspondants sont validés.',
  Tâches: 'Où en est chaque réconciliation, et ce que ses lignes ont donné.',
  Écarts: 'Ce qui reste ouvert, depuis quand, et ce qui l’a expliqué depuis.',
  'Grand livre': 'Les transactions de CinetPay.',
  Opérateurs: 'Les opérateurs et la façon dont leurs relevés se lisent.',
  Profils: 'Les personnes.',
  Rôles: 'Qui voit le travail de qui.',
  Avis: 'Être prévenu de ce que deviennent les tâches : courriel, SMS, webhook.',
  Applications: 'Les programmes qui demandent des jetons, pour eux-mêmes ou pour leurs utilisateurs.',
  Spécification: 'Cette page.',
} as const;

export type Tag = keyof typeof TAGS;

export type Status = 200 | 201 | 202 | 204 | 303 | 400 | 401 | 403 | 404 | 406 | 409 | 413 | 422;

/** What a route may answer with one status: each media type with its schema. Texts have none. */
export interface AnswerOfRoute {
  /** French. */
  readonly description: string;
  readonly contents: Readonly<Partial<Record<AnswerType, z.ZodType | 'text'>>>;
  /** Headers that a client is to read, with what they say. French. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type AnswerType = 'application/json' | 'application/problem+json' | 'text/html';
export type RequestType = 'application/json' | 'application/x-www-form-urlencoded' | 'multipart/form-data';

/** What one route takes and gives: the schemas that its function works with, and what people should know. */
export interface Operation {
  readonly tag: Tag;
  /** French, one line. */
  readonly summary: string;
  /** French, for whoever reads on. */
  readonly description?: string;
  readonly path?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: {
    readonly schema: z.ZodType;
    /** The first is what the example is written in. */
    readonly types: readonly RequestType[];
    readonly required: boolean;
    readonly example: unknown;
  };
  /** What is said of every route (401, 413, 429 …) is added where the document is made. */
  readonly answers: Readonly<Partial<Record<Status, AnswerOfRoute>>>;
}

export function json(description: string, schema: z.ZodType, headers?: Readonly<Record<string, string>>): AnswerOfRoute {
  return { description, contents: { 'application/json': schema }, ...(headers && { headers }) };
}

export function problem(description: string, headers?: Readonly<Record<string, string>>): AnswerOfRoute {
  return { description, contents: { 'application/problem+json': problemAnswer }, ...(headers && { headers }) };
}

/** An answer of a route that browsers read too. */
export function orPage(answer: AnswerOfRoute): AnswerOfRoute {
  return { ...answer, contents: { ...answer.contents, 'text/html': 'text' } };
}

/** An answer whose body is the seed's in one case and RFC 9457 in the other. */
export function orProblem(answer: AnswerOfRoute): AnswerOfRoute {
  return { ...answer, contents: { ...answer.contents, 'application/problem+json': problemAnswer } };
}

export function nothing(description: string): AnswerOfRoute {
  return { description, contents: {} };
}

export const NEXT_PAGE = { Link: 'L\'adresse de la page suivante, `<…>; rel="next"` ; absent à la dernière.' } as const;

export const BAD_QUERY = problem('Un paramètre est invalide ; `errors` le nomme.');
export const BAD_BODY = problem('Le corps est illisible, ou des champs manquent ou sont invalides ; `errors` les nomme.');
export const NOT_FOUND = problem("Ce numéro n'est celui de rien que vous puissiez voir.");
