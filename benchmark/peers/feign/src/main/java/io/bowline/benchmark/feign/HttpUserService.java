package io.bowline.benchmark.feign;

import feign.Headers;
import feign.Param;
import feign.RequestLine;
import io.bowline.benchmark.kit.Page;
import io.bowline.benchmark.kit.User;

/** The contract as Feign wants it; {@link UsersServlet} answers. */
interface HttpUserService {
    @RequestLine("GET /exists?email={email}")
    boolean existUser(@Param("email") String email);

    @RequestLine("POST /user")
    @Headers("Content-Type: application/json")
    boolean createUser(User user);

    @RequestLine("GET /user?id={id}")
    User getUser(@Param("id") long id);

    @RequestLine("GET /users?page={page}")
    Page<User> listUser(@Param("page") int page);
}
