package io.bowline.rpc.service;

import io.bowline.rpc.CallReport;
import io.bowline.rpc.Request;
import java.util.List;

/** What a client knows of the calls of one method, for those who ask how one went. Thread-safe. */
public interface Explainer {
    /** Knows nothing. */
    Explainer NOTHING = new Explainer() {
        @Override
        public CallReport.Circumstances circumstances(Request request) {
            return CallReport.Circumstances.UNKNOWN;
        }

        @Override
        public List<CallReport.Option> options() {
            return List.of();
        }
    };

    /** Whom the call could go to at this moment. */
    CallReport.Circumstances circumstances(Request request);

    /** What is in force for the method. */
    List<CallReport.Option> options();
}
