package io.bowline.rpc.client;

import io.bowline.rpc.CallReport;
import io.bowline.rpc.Request;
import io.bowline.rpc.service.Explainer;
import java.util.List;

/** Tells of the calls of one method what its directory knows, and the options in force. */
record DirectoryExplainer(Directory directory, EffectiveOptions inForce) implements Explainer {
    @Override
    public CallReport.Circumstances circumstances(Request request) {
        return directory.circumstances(request);
    }

    @Override
    public List<CallReport.Option> options() {
        return inForce.inWords();
    }
}
