package io.bowline.benchmark.feign;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bowline.benchmark.kit.User;
import io.bowline.benchmark.kit.UserService;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The service, in JSON. */
@SuppressWarnings("serial") // nobody serializes it
final class UsersServlet extends HttpServlet {
    private final UserService users;
    private final ObjectMapper json = new ObjectMapper();

    UsersServlet(UserService users) {
        this.users = users;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case "/exists" -> answer(response, users.existUser(request.getParameter("email")));
            case "/user" -> answer(response, users.getUser(Long.parseLong(request.getParameter("id"))));
            case "/users" -> answer(response, users.listUser(Integer.parseInt(request.getParameter("page"))));
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, users.createUser(json.readValue(request.getInputStream(), User.class)));
    }

    private void answer(HttpServletResponse response, Object answer) throws IOException {
        byte[] body = json.writeValueAsBytes(answer);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
