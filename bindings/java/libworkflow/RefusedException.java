package libworkflow;

import java.util.List;
import java.util.Map;

/** An expected "no" of the procedure: nothing was changed and nothing recorded. */
public final class RefusedException extends WorkflowException {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, Object> refusal;

    RefusedException(Map<String, Object> refusal) {
        super(Code.REFUSED, (String) refusal.get("reason"));
        this.refusal = refusal;
    }

    /** Why, in kebab-case: {@code not-your-role}. */
    public String reasonCode() {
        return (String) refusal.get("code");
    }

    /** What the actor could do instead: item, state, action, title each. */
    public List<Map<String, Object>> permitted() {
        return Values.records(refusal.get("permitted"));
    }

    /** Each single reason, code and reason, of what has several. */
    public List<Map<String, Object>> because() {
        return Values.records(refusal.get("because"));
    }
}
