workflow_suite(exchange MODULES procedure interpreter exchange base
  SOURCES
    support/model_builder.cpp
    support/onboarding_model.cpp
    support/xml.cpp
    unit/exchange/dot_test.cpp
    unit/exchange/hostile_text_test.cpp
    unit/exchange/mermaid_test.cpp
    unit/exchange/procedure_pictures_test.cpp
    unit/exchange/state_lines_test.cpp
    unit/exchange/trail_test.cpp
    unit/exchange/tokens_drawing_test.cpp
    unit/exchange/words_test.cpp)
