import type { Role } from '../../lib/core/role.ts';
import { GROUPS, type Membership, type Profile, type User } from '../../lib/core/user.ts';
import type { Accounts, Clock, Memberships, Roles, Users } from '../../lib/ports.ts';

/** Somebody as a test describes them. */
export interface Person {
  readonly name: string;
  readonly groups: readonly string[];
  readonly roleId?: number;
}

export interface PeopleInMemory {
  readonly roles: Roles;
  readonly memberships: Memberships & { readonly reads: () => number };
  readonly users: Users;
  readonly accounts: Accounts & { readonly invitations: readonly string[]; groupsOf(name: string): readonly string[] };
  readonly now: Clock;
}

/** The people and roles of a stage, kept in maps. Every person has a profile, numbered from 1 in the order given. */
export function peopleInMemory(people: readonly Person[], added: readonly Role[] = []): PeopleInMemory {
  const roles = new Map(added.map((role) => [role.id, role]));
  const memberships = new Map<string, Membership>(people.map(({ name, groups, roleId }) => [name, { groups, roleId }]));
  const accounts = new Map(people.map(({ name, groups }) => [name, new Set(groups)]));
  const users = new Map<string, User>();
  const invitations: string[] = [];
  let reads = 0;

  const obtain = async (username: string): Promise<User> => {
    const id = users.size + 1;
    const profile: Profile = { id, userId: id, username, telephone: '', whatsapp: '', position: '', staffNumber: '' };
    const user = users.get(username) ?? { id, username, lastName: '', firstName: '', email: '', profile };
    users.set(username, user);
    return user;
  };
  for (const { name } of people) void obtain(name);
  const profileOf = (id: number) => [...users.values()].find(({ profile }) => profile.id === id)?.profile;

  return {
    now: () => '2033-05-17T20:00:00.000000Z',
    roles: {
      list: async () => [...roles.values()],
      nextId: async () => Math.max(3, ...roles.keys()) + 1,
      save: async (role) => void roles.set(role.id, role),
      remove: async (id) => void roles.delete(id),
    },
    memberships: {
      reads: () => reads,
      async of(username) {
        reads += 1;
        return memberships.get(username);
      },
      remember: async (username, groups) => void memberships.set(username, { ...memberships.get(username), groups }),
      place: async (username, group, at) => void memberships.set(username, { ...memberships.get(username), groups: [group], placedAt: Date.parse(at) / 1000 }),
      assign: async (username, roleId) => void memberships.set(username, { groups: [], ...memberships.get(username), roleId }),
      isAssigned: async (roleId) => [...memberships.values()].some((membership) => membership.roleId === roleId),
    },
    users: {
      obtain,
      find: async (username) => users.get(username),
      async change(username, { telephone, whatsapp, position, staffNumber, lastName, firstName, email }) {
        const user = await obtain(username);
        const { profile } = user;
        const changed: User = {
          ...user,
          lastName: lastName ?? user.lastName,
          firstName: firstName ?? user.firstName,
          email: email ?? user.email,
          profile: {
            ...profile,
            telephone: telephone ?? profile.telephone,
            whatsapp: whatsapp ?? profile.whatsapp,
            position: position ?? profile.position,
            staffNumber: staffNumber ?? profile.staffNumber,
          },
        };
        users.set(username, changed);
        return changed;
      },
      profile: async (id) => profileOf(id),
      profiles: async () => ({ profiles: [...users.values()].map(({ profile }) => profile) }),
    },
    accounts: {
      invitations,
      groupsOf: (name) => [...(accounts.get(name) ?? [])],
      find: async (username) => (accounts.has(username) ? username : undefined),
      async invite(username, email) {
        if (/\s/u.test(username)) return 'username-invalid';
        accounts.set(username, new Set());
        invitations.push(`${username} <${email}>`);
        return { username };
      },
      async putInGroup(username, group) {
        accounts.set(username, new Set([...(accounts.get(username) ?? [])].filter((name) => !GROUPS.some((own) => own === name)).concat(group)));
      },
    },
  };
}
