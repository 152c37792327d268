package io.bowline.benchmark.kit;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Each thread calls and waits for the answer. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SyncCalls {
    @Benchmark
    public boolean existUser(Session session, Session.Calls calls) throws Exception {
        calls.next();
        return session.client.existUser(Users.EMAIL);
    }

    @Benchmark
    public boolean createUser(Session session, Session.Calls calls) throws Exception {
        return session.client.createUser(calls.next());
    }

    @Benchmark
    public Object getUser(Session session, Session.Calls calls) throws Exception {
        return session.client.getUser(calls.next());
    }

    @Benchmark
    public Object listUser(Session session, Session.Calls calls) throws Exception {
        return session.client.listUser((int) calls.next());
    }
}
