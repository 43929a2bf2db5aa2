import * as z from 'zod';
import { ALGORITHMS, type Application, type ApplicationField, type ApplicationWish, CLIENT_TYPES, GRANT_TYPES } from '../../core/application.ts';
import type { NewApplication } from '../../use-cases/register-application.ts';
import { pagingQuery } from './paging.ts';

/** What callers call the fields of an application: the old system's words. */
export const APPLICATION_FIELDS = {
  name: 'name',
  clientType: 'client_type',
  grantType: 'authorization_grant_type',
  redirectUris: 'redirect_uris',
  algorithm: 'algorithm',
} as const satisfies Record<ApplicationField, string>;

const described = z.object({
  name: z.string(),
  client_id: z.string().min(1),
  client_type: z.enum(CLIENT_TYPES),
  authorization_grant_type: z.enum(GRANT_TYPES),
  /** Addresses with a blank between. */
  redirect_uris: z.string(),
  algorithm: z.enum(ALGORITHMS),
});

/** An application in the list. */
export const applicationAnswer = described.extend({ id: z.int().positive() });

export const applicationList = z.array(applicationAnswer);

/** An application to whoever registered it, once. The secret is `''` where it keeps none. */
export const registeredAnswer = described.extend({ client_secret: z.string() });

export const applicationsQuery = z.object(pagingQuery(100, 500));

/** Forms send a field that was left alone as an empty text. */
const leftOut = (value: unknown) => (value === '' || value === null ? undefined : value);

const LONGEST_URIS = 8_192;
const MOST_URIS = 100;
const LONGEST_URI = 1_024;

const redirectUris = z
  .string()
  .max(LONGEST_URIS)
  .transform((text) => [...new Set(text.split(/\s+/u).filter((uri) => uri !== ''))])
  .refine((uris) => uris.length <= MOST_URIS, { error: `${MOST_URIS} adresses au plus.` })
  .refine((uris) => uris.every((uri) => uri.length <= LONGEST_URI), { error: `${LONGEST_URI} caractères au plus par adresse.` });

/**
 * What whoever registers an application sends. Left out: a confidential application that signs in as itself, a public one whose users sign in with their
 * password, no addresses, no id tokens.
 */
export const applicationBody = z
  .object({
    name: z.string().trim().min(1).max(255),
    client_type: z.preprocess(leftOut, z.enum(CLIENT_TYPES).default('confidential')),
    authorization_grant_type: z.preprocess(leftOut, z.enum(GRANT_TYPES).optional()),
    redirect_uris: z.preprocess(leftOut, redirectUris.default([])),
    algorithm: z.preprocess((value) => value ?? '', z.enum(ALGORITHMS)),
  })
  .transform(
    (body): ApplicationWish => ({
      name: body.name,
      clientType: body.client_type,
      grantType: body.authorization_grant_type ?? (body.client_type === 'public' ? 'password' : 'client-credentials'),
      redirectUris: body.redirect_uris,
      algorithm: body.algorithm,
    }),
  );

/** What `GET /o/applications/register/` tells a program: the choices of each field. */
export const choicesAnswer = z.object({
  client_type: z.array(z.enum(CLIENT_TYPES)),
  authorization_grant_type: z.array(z.enum(GRANT_TYPES)),
  algorithm: z.array(z.enum(ALGORITHMS)),
});

export function wireChoices(): z.infer<typeof choicesAnswer> {
  return { client_type: [...CLIENT_TYPES], authorization_grant_type: [...GRANT_TYPES], algorithm: [...ALGORITHMS] };
}

export function wireApplication({ id, ...application }: Application): z.infer<typeof applicationAnswer> {
  return { id, ...wireDescription(application) };
}

export function wireRegistered({ application, secret = '' }: NewApplication): z.infer<typeof registeredAnswer> {
  return { ...wireDescription(application), client_secret: secret };
}

function wireDescription({ name, clientId, clientType, grantType, redirectUris: uris, algorithm }: Omit<Application, 'id'>): z.infer<typeof described> {
  return { name, client_id: clientId, client_type: clientType, authorization_grant_type: grantType, redirect_uris: uris.join(' '), algorithm };
}
