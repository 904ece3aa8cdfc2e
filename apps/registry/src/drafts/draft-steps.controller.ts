import { DRAFT_STEPS, REVIEW_STEPS, type ReviewStep } from '@mandate/drafting';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Account, Caller, Roles } from '../auth/access.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { LogService } from '../log/log.service.ts';
import { DraftPublicationService } from './draft-publication.service.ts';
import { DraftStepsService } from './draft-steps.service.ts';
import { draftHead, publicationView } from './draft-view.ts';
import { DraftHead, DraftParams, Publication, PublicationBody, StepBody } from './drafts.dto.ts';

const { publish: PUBLISH } = DRAFT_STEPS;

/** `POST /api/drafts/:id/submission` and its like: below, a route is made for every step of the table. */
@ApiTags('清单草稿')
@Controller('drafts/:id')
export class DraftStepsController {
  constructor(
    private readonly source: DataSource,
    private readonly steps: DraftStepsService,
    private readonly publication: DraftPublicationService,
    private readonly log: LogService,
  ) {}

  /** No route of its own. */
  async take(account: Account, step: ReviewStep, request: StepBody & { draft: string }) {
    return draftHead(
      await inTransaction(this.source, (tx) => this.steps.take(tx, account, { step, ...request })),
    );
  }

  /** The draft's entries are in the tree when it answers, or wait there for their places. */
  @Post(PUBLISH.route)
  @Roles(PUBLISH.role)
  @ApiSchemas({
    summary: PUBLISH.words.summary,
    params: DraftParams,
    body: PublicationBody,
    response: Publication,
    status: 201,
  })
  async publish(
    @Param('id', { schema: DraftParams.id }) draft: string,
    @Body({ schema: PublicationBody }) body: PublicationBody,
    @Caller() account: Account,
  ) {
    const published = await inTransaction(this.source, (tx) =>
      this.publication.publish(tx, account, { draft, ...body }),
    );
    await this.log.sequenceCommitted('lists');
    return publicationView(published);
  }
}

/** Nest reads decorators, which are functions: what stands above a written handler is called here for each step. */
for (const step of REVIEW_STEPS) {
  const { route, role, words } = DRAFT_STEPS[step];
  const { prototype } = DraftStepsController;
  const handlers = {
    [step](this: DraftStepsController, draft: string, body: StepBody, account: Account) {
      return this.take(account, step, { draft, ...body });
    },
  };
  const handler = Object.getOwnPropertyDescriptor(handlers, step);
  if (handler === undefined) throw new Error('an object has what was put into it');
  Object.defineProperty(prototype, step, handler);
  for (const decorate of [
    Post(route),
    Roles(role),
    HttpCode(200),
    ApiSchemas({ summary: words.summary, params: DraftParams, body: StepBody, response: DraftHead }),
    // What TypeScript notes of the parameters of a written handler; the API's description reads it.
    Reflect.metadata('design:paramtypes', [String, Object, Object]),
  ])
    decorate(prototype, step, handler);
  Param('id', { schema: DraftParams.id })(prototype, step, 0);
  Body({ schema: StepBody })(prototype, step, 1);
  Caller()(prototype, step, 2);
}
