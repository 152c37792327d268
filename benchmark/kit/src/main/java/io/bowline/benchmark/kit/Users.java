package io.bowline.benchmark.kit;

import java.util.ArrayList;
import java.util.List;

/** The payload: every framework's server answers with these values, made anew for each call, and nothing else. */
public final class Users implements UserService {
    public static final String EMAIL = "mary.poppins@example.com";
    public static final int PAGE = 15;
    public static final int TOTAL = 1_000;
    public static final String NAME = "Mary Poppins";
    public static final int SEX = 1;
    public static final long BIRTHDAY = 1_199_145_600_000L;
    public static final String MOBILE = "18612345678";
    public static final String ADDRESS = "17 Cherry Tree Lane, London SW1A 1AA";
    public static final String ICON = "https://www.example.com/upload/08be3ac5fe31.png";
    public static final List<Integer> PERMISSIONS = List.of(1, 12, 123, 1234, 12345, 123456, 1234567, 88, 99, 100);
    public static final int STATUS = 1;
    public static final long CREATED = 1_763_901_234_567L;

    /** A user of this id. */
    public static User user(long id) {
        User user = new User();
        user.setId(id);
        user.setName(NAME);
        user.setSex(SEX);
        user.setBirthday(BIRTHDAY);
        user.setEmail(EMAIL);
        user.setMobile(MOBILE);
        user.setAddress(ADDRESS);
        user.setIcon(ICON);
        user.setPermissions(new ArrayList<>(PERMISSIONS));
        user.setStatus(STATUS);
        user.setCreateTime(CREATED);
        user.setUpdateTime(CREATED + id);
        return user;
    }

    /** The page of this number: {@link #PAGE} users, the first of id {@code number * PAGE}. */
    public static Page<User> page(int number) {
        List<User> result = new ArrayList<>(PAGE);
        for (int i = 0; i < PAGE; i++) {
            result.add(user((long) number * PAGE + i));
        }
        Page<User> page = new Page<>();
        page.setNumber(number);
        page.setTotal(TOTAL);
        page.setResult(result);
        return page;
    }

    @Override
    public boolean existUser(String email) {
        return EMAIL.equals(email);
    }

    @Override
    public boolean createUser(User user) {
        return user.getId() >= 0 && EMAIL.equals(user.getEmail());
    }

    @Override
    public User getUser(long id) {
        return user(id);
    }

    @Override
    public Page<User> listUser(int page) {
        return page(page);
    }
}
