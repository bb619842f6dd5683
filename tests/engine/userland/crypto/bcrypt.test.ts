import { describe, expect, it } from 'vitest';
import { bcrypt, isBcrypt, matchesBcrypt } from '../../../../src/engine/userland/crypto/bcrypt.ts';

describe('bcrypt', () => {
  it('knows the hashes of other implementations', () => {
    // From the test vectors of the paper's authors, and one of Apache's htpasswd.
    expect(matchesBcrypt('U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW')).toBe(true);
    expect(matchesBcrypt('U*U*', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK')).toBe(true);
    expect(matchesBcrypt('', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy')).toBe(true);
    expect(matchesBcrypt('s3cret', '$2y$05$abcdefghijklmnopqrstuuLK7U1u6pVRmL7L1BBM2aS35PSZnDXlK')).toBe(true);
  });

  it('makes hashes that only their password matches', () => {
    const hash = bcrypt('pässword', { cost: 4, salt: new Uint8Array(16).fill(200) });
    expect(isBcrypt(hash)).toBe(true);
    expect([matchesBcrypt('pässword', hash), matchesBcrypt('passwort', hash), matchesBcrypt('', hash)]).toEqual([true, false, false]);
  });

  it('says no to what is no hash, or would take too long', () => {
    expect(matchesBcrypt('x', 'x')).toBe(false);
    expect(matchesBcrypt('x', '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=')).toBe(false);
    expect(matchesBcrypt('U*U', '$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW')).toBe(false);
  });
});
