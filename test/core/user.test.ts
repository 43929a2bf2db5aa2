import { describe, expect, it } from 'vitest';
import { isReservedName } from '../../lib/core/reserved-name.ts';
import { presentGroups } from '../../lib/core/user.ts';

describe('the groups that a token stands for', () => {
  const token = { groups: ['administrateur'], issuedAt: 1_000 };

  it('are those that it shows, where no administrator has decided since', () => {
    expect(presentGroups(token, undefined)).toEqual(['administrateur']);
    expect(presentGroups(token, { groups: [] })).toEqual(['administrateur']);
    expect(presentGroups(token, { groups: [], placedAt: 999 })).toEqual(['administrateur']);
  });

  it('are those that an administrator decided on in its second or later: a token does not outlive that', () => {
    expect(presentGroups(token, { groups: ['agent'], placedAt: 1_000 })).toEqual(['agent']);
    expect(presentGroups(token, { groups: [], placedAt: 2_000 })).toEqual([]);
  });
});

it.each(['depot', ' Depot ', 'DEPOT', 'application:3', 'Application:x'])('nobody is called "%s": it is the name of something that is no user', (name) => {
  expect(isReservedName(name)).toBe(true);
});

it.each(['depot2', 'mon-depot', 'application', 'awa'])('somebody may be called "%s"', (name) => {
  expect(isReservedName(name)).toBe(false);
});
