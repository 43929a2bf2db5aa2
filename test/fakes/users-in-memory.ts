import type { Profile, User } from '../../lib/core/user.ts';
import type { Users } from '../../lib/ports.ts';

/** Users in a map. A profile has its user's id. */
export function usersInMemory(): Users {
  const users = new Map<string, User>();
  const byId = (id: number) => [...users.values()].find((user) => user.id === id)?.profile;
  const obtain = async (username: string): Promise<User> => {
    const known = users.get(username);
    if (known !== undefined) return known;
    const id = users.size + 1;
    const profile: Profile = { id, userId: id, username, telephone: '', whatsapp: '', position: '', staffNumber: '' };
    const user = { id, username, lastName: '', firstName: '', email: '', profile };
    users.set(username, user);
    return user;
  };
  return {
    obtain,
    find: async (username) => users.get(username),
    async change(username, { lastName, firstName, email, ...texts }) {
      const user = await obtain(username);
      const changed: User = { ...user, ...given({ lastName, firstName, email }), profile: { ...user.profile, ...given(texts) } };
      users.set(username, changed);
      return changed;
    },
    profile: async (id) => byId(id),
    async profiles(limit, after = 0, mayRead = async () => true) {
      const found: Profile[] = [];
      for (const { profile } of [...users.values()].sort((one, other) => one.id - other.id)) if (profile.id > after && (await mayRead(profile.username))) found.push(profile);
      const page = found.slice(0, limit);
      return found.length > limit ? { profiles: page, next: page.at(-1)?.id } : { profiles: page };
    },
  };
}

function given(values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
