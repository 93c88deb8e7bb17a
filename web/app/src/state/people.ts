import type { Friend, FriendRequest, MagpieHttp, Me, Member, User } from '@magpie/client';
import { computed, shallowReactive, shallowRef } from 'vue';
import { stored } from './stored.js';

/** Everybody this user has met: names, pictures, friends, requests, blocks. Known ones are known offline, too. */
export class People {
  readonly users = shallowReactive(new Map<number, User>());
  readonly friends = shallowReactive(new Map<number, Friend>());
  readonly blocked = shallowReactive(new Map<number, User>());
  readonly incoming = shallowRef<FriendRequest[]>([]);
  readonly outgoing = shallowRef<FriendRequest[]>([]);
  readonly me = shallowRef<Me>();
  /** Members of groups, as far as they were asked for. */
  readonly members = shallowReactive(new Map<number, Map<number, Member>>());
  readonly waiting = computed(() => this.incoming.value.filter((request) => request.state === 'pending'));
  private readonly asked = new Set<number>();
  private readonly kept;

  constructor(
    private readonly http: MagpieHttp,
    readonly myId: number,
  ) {
    this.kept = stored<{ users: User[]; friends: Friend[]; me?: Me }>(`${myId}.people`, {
      users: [],
      friends: [],
    });
    const known = this.kept.get();
    known.users.forEach((user) => this.users.set(user.userId, user));
    known.friends.forEach((friend) => this.friends.set(friend.user, friend));
    this.me.value = known.me;
  }

  private keep(): void {
    const users = [...this.users.values()].slice(-500);
    this.kept.set({
      users,
      friends: [...this.friends.values()],
      ...(this.me.value ? { me: this.me.value } : {}),
    });
  }

  async load(): Promise<void> {
    const [me, friends, blocks] = await Promise.all([
      this.http.me(),
      this.http.friends(),
      this.http.blocks(),
    ]);
    this.setMe(me);
    this.friends.clear();
    friends.forEach((friend) => this.friends.set(friend.user, friend));
    this.blocked.clear();
    blocks.forEach((user) => this.blocked.set(user.userId, user));
    await this.loadRequests();
    this.keep();
  }

  setMe(me: Me): void {
    this.me.value = me;
    this.users.set(me.userId, me);
    this.keep();
  }

  async loadRequests(): Promise<void> {
    const { incoming, outgoing } = await this.http.friendRequests();
    this.incoming.value = incoming;
    this.outgoing.value = outgoing;
  }

  /** The person, asked for if unknown. */
  user(id: number): User | undefined {
    const known = this.users.get(id);
    if (!known && !this.asked.has(id) && id > 0) {
      this.asked.add(id);
      this.http.user(id).then(
        (user) => {
          this.users.set(id, user);
          this.keep();
        },
        () => this.asked.delete(id),
      );
    }
    return known;
  }

  /** What this user calls that person, in a group if one is given. */
  name(id: number, group?: number): string {
    const friend = this.friends.get(id);
    if (friend?.remark) {
      return friend.remark;
    }
    const member = group === undefined ? undefined : this.members.get(group)?.get(id);
    if (member?.nickname) {
      return member.nickname;
    }
    const user = this.user(id);
    return user?.nickname || user?.username || friend?.nickname || member?.name || `#${id}`;
  }

  avatar(id: number): string | undefined {
    return this.user(id)?.avatar;
  }

  learn(users: User[]): void {
    users.forEach((user) => this.users.set(user.userId, user));
  }

  /** The first thousand members of a group; more are asked for by the list that shows them. */
  async loadMembers(group: number): Promise<void> {
    const { items } = await this.http.members(group, 0, 1000);
    this.members.set(group, new Map(items.map((member) => [member.user, member])));
  }

  setMember(group: number, member: Member): void {
    this.members.set(group, new Map(this.members.get(group)).set(member.user, member));
  }
}
